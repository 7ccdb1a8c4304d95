package io.mimic.catalog;

/**
 * An instrumented application.
 *
 * @param id public id, {@code [A-Za-z0-9_-]{1,64}}
 * @param name unique, what people log in with
 * @param passwordHash never the password
 * @param createdAt ms since the epoch
 */
public record ProjectRow(String id, String name, String passwordHash, long createdAt) {}
