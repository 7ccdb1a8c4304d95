package io.mimic.project;

/**
 * What is configured of projects. An empty text means that the value is made once and kept in the catalog.
 *
 * @param name name of the own project
 * @param id public id of the own project
 * @param password password of the own project
 * @param viewerPassword second password of the own project, for who may only watch; empty: as it was set in the dashboard, or none
 * @param registrationOpen whether projects are registered without a token
 * @param registrationToken what registering needs otherwise
 */
public record ProjectSettings(
        String name,
        String id,
        String password,
        String viewerPassword,
        boolean registrationOpen,
        String registrationToken) {}
