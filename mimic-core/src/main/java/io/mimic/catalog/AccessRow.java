package io.mimic.catalog;

import org.jspecify.annotations.Nullable;

/**
 * One line of the access log.
 *
 * @param id unique, in order of time
 * @param project public id
 * @param at ms since the epoch
 * @param kind how the actor was known, such as {@code admin} or {@code token}
 * @param actor name of the token or of the host's user; null when there is none
 * @param address what is kept of the client's address; null when nothing is
 * @param action a word such as {@code view}
 * @param target what it was done to, such as a session's id; null when there is none
 * @param outcome what became of it; null when nothing was told
 */
public record AccessRow(
        String id,
        String project,
        long at,
        String kind,
        @Nullable String actor,
        @Nullable String address,
        String action,
        @Nullable String target,
        @Nullable String outcome) {}
