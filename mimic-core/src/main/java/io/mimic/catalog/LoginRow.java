package io.mimic.catalog;

/**
 * Somebody who is logged in to a project's dashboard.
 *
 * @param tokenHash never the token
 * @param project public id
 * @param viewer whether it began with the project's second password
 * @param begunAt ms since the epoch
 * @param seenAt when it was used last, ms since the epoch
 */
public record LoginRow(String tokenHash, String project, boolean viewer, long begunAt, long seenAt) {}
