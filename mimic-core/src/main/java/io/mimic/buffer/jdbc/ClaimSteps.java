package io.mimic.buffer.jdbc;

import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Claim;
import io.mimic.buffer.ErasedBatches;
import io.mimic.buffer.SessionBounds;
import io.mimic.jdbc.Dialect;
import io.mimic.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to claims, each method within one transaction. */
final class ClaimSteps {
    private static final int FORGOTTEN_AT_ONCE = 500;

    private final Dialect dialect;
    private final SessionBounds bounds;

    ClaimSteps(Dialect dialect, SessionBounds bounds) {
        this.dialect = dialect;
        this.bounds = bounds;
    }

    List<Claim> claim(Sql sql, int limit, long now) throws SQLException {
        List<Claim> claims = sql.list(
                "SELECT project, session, seen_at, started_at, client FROM mimic_open_session WHERE due_at <= ?"
                        + " ORDER BY due_at LIMIT ?" + dialect.skipLocked(),
                row -> claim(row, now),
                now,
                limit);
        long until = now + bounds.lease().toMillis();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Claim claim : claims) {
            rows.add(new Object[] {
                claim.lease(), until, until, claim.project(), claim.session().toString()
            });
        }
        sql.batch(
                "UPDATE mimic_open_session SET lease = ?, lease_until = ?, due_at = ?, lease_batches = batches"
                        + " WHERE project = ? AND session = ?",
                rows);
        return claims;
    }

    private Claim claim(ResultSet row, long now) throws SQLException {
        long seenAt = row.getLong(3);
        return new Claim(
                row.getString(1),
                UUID.fromString(row.getString(2)),
                OpenSession.deadline(bounds, seenAt) <= now,
                UUID.randomUUID().toString(),
                row.getLong(4),
                seenAt,
                row.getString(5));
    }

    boolean renew(Sql sql, Claim claim, long now) throws SQLException {
        long until = now + bounds.lease().toMillis();
        return sql.update(
                        "UPDATE mimic_open_session SET lease_until = ?, due_at = ?"
                                + " WHERE project = ? AND session = ? AND lease = ?",
                        until,
                        until,
                        claim.project(),
                        claim.session().toString(),
                        claim.lease())
                > 0;
    }

    boolean release(Sql sql, Claim claim, long notBefore) throws SQLException {
        return sql.update(
                        "UPDATE mimic_open_session SET lease = NULL, not_before = ?, due_at = ?"
                                + " WHERE project = ? AND session = ? AND lease = ?",
                        notBefore,
                        notBefore,
                        claim.project(),
                        claim.session().toString(),
                        claim.lease())
                > 0;
    }

    boolean complete(Sql sql, Claim claim, Collection<ChunkKey> committed, long now) throws SQLException {
        String id = claim.session().toString();
        Optional<OpenSession> row = sql.first(
                "SELECT " + OpenSession.COLUMNS + " FROM mimic_open_session WHERE project = ? AND session = ?"
                        + dialect.forUpdate(),
                OpenSession::of,
                claim.project(),
                id);
        delete(sql, claim, committed);
        if (row.isEmpty() || row.get().state() == OpenSession.ERASED) {
            return false;
        }
        OpenSession session = row.get();
        long[] left = left(sql, claim.project(), id);
        boolean held = claim.lease().equals(session.lease());
        boolean ended = held && claim.ended() && session.batches() == session.leaseBatches() && left[0] == 0;
        long hold = held ? 0 : session.hold();
        long due = OpenSession.dueAt(bounds, session.seenAt(), left[1], left[2], hold, now);
        sql.update(
                "UPDATE mimic_open_session SET state = ?, generation = generation + ?, raw_bytes = ?, oldest_at = ?,"
                        + " due_at = ?, lease = ?, not_before = ? WHERE project = ? AND session = ?",
                ended ? OpenSession.ENDED : session.state(),
                committed.isEmpty() ? 0 : 1,
                left[1],
                left[2],
                ended || session.state() == OpenSession.ENDED ? null : due,
                held ? null : session.lease(),
                held ? 0 : session.notBefore(),
                claim.project(),
                id);
        return ended;
    }

    private static void delete(Sql sql, Claim claim, Collection<ChunkKey> committed) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(committed.size());
        for (ChunkKey key : committed) {
            rows.add(new Object[] {
                claim.project(), key.page(), key.seq(), claim.session().toString()
            });
        }
        sql.batch("DELETE FROM mimic_chunk WHERE project = ? AND page = ? AND seq = ? AND session = ?", rows);
    }

    /** Number of chunks, their raw bytes, and when the oldest was stored. */
    private static long[] left(Sql sql, String project, String session) throws SQLException {
        return sql.first(
                        "SELECT COUNT(*), COALESCE(SUM(raw_bytes), 0), COALESCE(MIN(stored_at), 0) FROM mimic_chunk"
                                + " WHERE project = ? AND session = ?",
                        row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                        project,
                        session)
                .orElseThrow();
    }

    /** The session first: once its row is taken, no batch can come behind those that are deleted. */
    ErasedBatches erase(Sql sql, String project, UUID session) throws SQLException {
        sql.update(
                "UPDATE mimic_open_session SET state = 2, due_at = NULL, lease = NULL, client = NULL, raw_bytes = 0,"
                        + " oldest_at = 0 WHERE project = ? AND session = ?",
                project,
                session.toString());
        long[] left = left(sql, project, session.toString());
        sql.update("DELETE FROM mimic_chunk WHERE project = ? AND session = ?", project, session.toString());
        return new ErasedBatches(left[0], left[1]);
    }

    /** Drops what was seen of sessions that nobody can resume any more. */
    int forget(Sql sql, long before) throws SQLException {
        List<@Nullable Object[]> old = sql.list(
                "SELECT project, session FROM mimic_open_session WHERE due_at IS NULL AND seen_at < ?"
                        + " ORDER BY seen_at LIMIT ?" + dialect.skipLocked(),
                row -> new Object[] {row.getString(1), row.getString(2)},
                before,
                FORGOTTEN_AT_ONCE);
        sql.batch(
                "DELETE FROM mimic_seen WHERE (project, page) IN"
                        + " (SELECT project, page FROM mimic_page WHERE project = ? AND session = ?)",
                old);
        sql.batch("DELETE FROM mimic_page WHERE project = ? AND session = ?", old);
        sql.batch("DELETE FROM mimic_open_session WHERE project = ? AND session = ?", old);
        return old.size();
    }
}
