package io.mimic.catalog;

/**
 * A project that was ended and whose sessions are being erased.
 *
 * @param project public id
 * @param name its name while it was there
 * @param begunAt ms since the epoch
 */
public record RemovalRow(String project, String name, long begunAt) {}
