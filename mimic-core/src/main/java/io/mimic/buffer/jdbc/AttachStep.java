package io.mimic.buffer.jdbc;

import io.mimic.buffer.Chunk;
import io.mimic.buffer.SessionBounds;
import io.mimic.jdbc.Dialect;
import io.mimic.jdbc.Sql;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** One batch of the server's own on its way into a session, within its transaction. */
final class AttachStep {
    /** Behind every page of a browser. */
    private static final long LAST_PAGE = Integer.MAX_VALUE;

    private final SessionBounds bounds;
    private final Dialect dialect;
    private final String project;
    private final String session;
    private final Chunk chunk;
    private final byte[] body;

    AttachStep(SessionBounds bounds, Dialect dialect, String project, UUID session, Chunk chunk, byte[] body) {
        this.bounds = bounds;
        this.dialect = dialect;
        this.project = project;
        this.session = session.toString();
        this.chunk = chunk;
        this.body = body;
    }

    boolean run(Sql sql, long now) throws SQLException {
        Optional<OpenSession> found = sql.first(
                "SELECT " + OpenSession.COLUMNS + " FROM mimic_open_session WHERE project = ? AND session = ?"
                        + dialect.forUpdate(),
                OpenSession::of,
                project,
                session);
        if (found.isEmpty() || !found.get().open(bounds, now)) {
            return false;
        }
        if (store(sql, now)) {
            count(sql, found.get(), now);
        }
        return true;
    }

    /** @return false when it is there already */
    private boolean store(Sql sql, long now) throws SQLException {
        return sql.update(
                        "INSERT INTO mimic_chunk (project, page, seq, session, page_no, stored_at, raw_bytes, body)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        project,
                        chunk.page(),
                        chunk.seq(),
                        session,
                        LAST_PAGE,
                        now,
                        chunk.rawBytes(),
                        body)
                > 0;
    }

    private void count(Sql sql, OpenSession before, long now) throws SQLException {
        long rawBytes = before.rawBytes() + chunk.rawBytes();
        long oldestAt = before.oldestAt() == 0 ? now : before.oldestAt();
        sql.update(
                "UPDATE mimic_open_session SET batches = batches + 1, raw_bytes = ?, oldest_at = ?, due_at = ?"
                        + " WHERE project = ? AND session = ?",
                rawBytes,
                oldestAt,
                OpenSession.dueAt(bounds, before.seenAt(), rawBytes, oldestAt, before.hold(), now),
                project,
                session);
    }
}
