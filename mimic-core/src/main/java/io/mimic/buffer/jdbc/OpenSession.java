package io.mimic.buffer.jdbc;

import io.mimic.buffer.SessionBounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session's row in the buffer. */
record OpenSession(
        UUID id,
        int state,
        long startedAt,
        long seenAt,
        @Nullable String client,
        long batches,
        long pages,
        long generation,
        long rawBytes,
        long oldestAt,
        long notBefore,
        @Nullable String lease,
        long leaseUntil,
        long leaseBatches) {
    static final int OPEN = 0;
    static final int ENDED = 1;
    static final int ERASED = 2;

    static final String COLUMNS = "session, state, started_at, seen_at, client, batches, pages, generation, raw_bytes,"
            + " oldest_at, not_before, lease, lease_until, lease_batches";

    static OpenSession of(ResultSet row) throws SQLException {
        return new OpenSession(
                UUID.fromString(row.getString(1)),
                row.getInt(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getString(12),
                row.getLong(13),
                row.getLong(14));
    }

    static long deadline(SessionBounds bounds, long seenAt) {
        return seenAt + bounds.timeout().toMillis() + bounds.grace().toMillis();
    }

    boolean open(SessionBounds bounds, long now) {
        return state == OPEN && now <= deadline(bounds, seenAt);
    }

    boolean canGoOn(SessionBounds bounds, long now) {
        boolean young = now - startedAt < bounds.maxDuration().toMillis();
        boolean resumable =
                now - seenAt <= bounds.resume().toMillis() && !bounds.resume().isZero();
        return state != ERASED && young && (open(bounds, now) || resumable);
    }

    /** When the session waits for the archive next: idle, too many bytes, or too old; never before a lease or a delay has passed. */
    static long dueAt(SessionBounds bounds, long seenAt, long rawBytes, long oldestAt, long hold, long now) {
        long due = deadline(bounds, seenAt);
        if (rawBytes >= bounds.partialBytes()) {
            due = Math.min(due, now);
        }
        if (oldestAt > 0) {
            due = Math.min(due, oldestAt + bounds.partialAge().toMillis());
        }
        return Math.max(due, hold);
    }

    /** Until when nobody else may claim it. */
    long hold() {
        return lease == null ? notBefore : Math.max(notBefore, leaseUntil);
    }
}
