package io.mimic.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a page of the access log is asked for. Null means "any".
 *
 * @param action a word such as {@code view}
 * @param target such as a session's id
 * @param beforeAt with {@code beforeId}, the last line of the page before, ms since the epoch; {@link Long#MAX_VALUE} for the newest page
 * @param beforeId empty for the newest page
 * @param limit 1 to 1000
 */
public record AccessQuery(
        String project, @Nullable String action, @Nullable String target, long beforeAt, String beforeId, int limit) {}
