package io.mimic.load;

/**
 * Where the load goes.
 *
 * @param address of the host with its context path, without MIMIC's mount path
 * @param project its public id
 * @param projectName what one logs in with
 * @param password of it
 */
public record LoadTarget(String address, String project, String projectName, String password) {}
