package io.mimic.catalog;

import java.util.List;

/**
 * An instrumented application.
 *
 * @param id public id, {@code [A-Za-z0-9_-]{1,64}}
 * @param name unique, what people log in with
 * @param passwordHash never the password
 * @param createdAt ms since the epoch
 * @param origins of the pages that may send, such as {@code https://www.example.org}, without blanks
 */
public record ProjectRow(String id, String name, String passwordHash, long createdAt, List<String> origins) {
    public ProjectRow {
        origins = List.copyOf(origins);
    }

    /** A project that names no origins. */
    public ProjectRow(String id, String name, String passwordHash, long createdAt) {
        this(id, name, passwordHash, createdAt, List.of());
    }
}
