package io.mimic.replay;

import io.mimic.catalog.Bucket;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;

/**
 * The read side: lists from the catalog alone; a session's timeline and events from archive and buffer, merged by (page, seq), so that
 * an active session can be watched. Streams: holds no more than one batch in memory. Thread-safe.
 *
 * <p>Methods that write JSON write the answers of docs/wire.md section 3 in UTF-8, never close the stream, and throw {@link
 * NoSuchSessionException} before the first byte when the project has no such session.
 */
public final class SessionReader {
    SessionReader() {}

    /** One page of the list. */
    public SessionPage find(SessionQuery query) {
        throw new UnsupportedOperationException(query.toString());
    }

    /** Bars above the list. */
    public List<Bucket> buckets(String project, long from, long to, int count) {
        throw new UnsupportedOperationException(project + from + to + count);
    }

    public long activeSessions(String project) {
        throw new UnsupportedOperationException(project);
    }

    /** Writes the list's page as {@code GET api/sessions} answers it. */
    public void writeList(SessionQuery query, OutputStream out) throws IOException {
        throw new UnsupportedOperationException(query.toString() + out);
    }

    /** Writes {@code GET api/sessions/{id}}. */
    public void writeSession(String project, UUID session, OutputStream out) throws IOException {
        throw new UnsupportedOperationException(project + session + out);
    }

    /** Writes {@code GET api/sessions/{id}/timeline}. */
    public void writeTimeline(String project, UUID session, OutputStream out) throws IOException {
        throw new UnsupportedOperationException(project + session + out);
    }

    /** Writes {@code GET api/sessions/{id}/events}. */
    public void writeEvents(String project, UUID session, EventQuery query, OutputStream out) throws IOException {
        throw new UnsupportedOperationException(project + session + query + out);
    }

    /** Erases a session everywhere: buffer, catalog, archive. Can be repeated after a failure. */
    public void erase(String project, UUID session) {
        throw new UnsupportedOperationException(project + session);
    }

    /** The project has no such session. */
    public static final class NoSuchSessionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NoSuchSessionException(UUID session) {
            super("There is no session " + session + ".");
        }
    }
}
