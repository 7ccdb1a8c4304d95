package io.mimic.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a list of sessions is asked for. Null, false and 0 mean "any".
 *
 * @param q prefix of the session id (8 characters or more) or of the IP, or the user: when one is known that fits, these sessions alone; else a
 *     part of any URL of the session
 * @param errors only sessions with an error or a request that failed
 * @param status an HTTP status code such as {@code 404}, or a class such as {@code 4xx}
 * @param user only sessions in which this user was identified, also those in which somebody else was later
 * @param event name of a custom event
 * @param failure label of an error or of a request that failed, as a {@link MarkerRow} has it; numbers in it do not matter
 * @param active true: only active ones
 * @param from only sessions that started at or after this, ms since the epoch
 * @param to only sessions that started before this, ms since the epoch
 * @param minDurationMs only sessions at least this long
 * @param maxDurationMs only sessions at most this long
 * @param limit 1 to 200
 * @param cursor where the page before ended; null for the newest page
 */
public record SessionQuery(
        String project,
        @Nullable String q,
        boolean errors,
        @Nullable String status,
        @Nullable String browser,
        @Nullable String os,
        @Nullable String country,
        @Nullable String user,
        @Nullable String event,
        @Nullable String failure,
        boolean active,
        long from,
        long to,
        long minDurationMs,
        long maxDurationMs,
        int limit,
        @Nullable String cursor) {

    /** The newest sessions of a project, whatever they are. */
    public static SessionQuery newest(String project, int limit) {
        return new SessionQuery(
                project, null, false, null, null, null, null, null, null, null, false, 0, 0, 0, 0, limit, null);
    }

    /** The same with another {@link #q}; null: any. */
    public SessionQuery matching(@Nullable String word) {
        return with(word, user, cursor);
    }

    /** The same of one user alone; null: any. */
    public SessionQuery of(@Nullable String person) {
        return with(q, person, cursor);
    }

    /** The page that begins where another ended; null: the newest. */
    public SessionQuery after(@Nullable String place) {
        return with(q, user, place);
    }

    private SessionQuery with(@Nullable String q, @Nullable String user, @Nullable String cursor) {
        return new SessionQuery(
                project,
                q,
                errors,
                status,
                browser,
                os,
                country,
                user,
                event,
                failure,
                active,
                from,
                to,
                minDurationMs,
                maxDurationMs,
                limit,
                cursor);
    }
}
