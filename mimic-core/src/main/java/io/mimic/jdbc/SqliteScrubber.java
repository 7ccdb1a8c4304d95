package io.mimic.jdbc;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Empties the write-ahead log after rows were erased and gives free pages back. Tried again while readers are in the way. */
final class SqliteScrubber implements Runnable {
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final SqliteConnections.Opener opener;
    private final AtomicBoolean asked = new AtomicBoolean();
    private long triedAt = System.nanoTime() - PAUSE_NANOS;

    SqliteScrubber(SqliteConnections.Opener opener) {
        this.opener = opener;
    }

    void ask() {
        asked.set(true);
    }

    /** Runs on the writer's thread, so that no write is in the way. */
    @Override
    public void run() {
        if (!asked.get() || System.nanoTime() - triedAt < PAUSE_NANOS) {
            return;
        }
        asked.set(false);
        if (!emptied()) {
            asked.set(true);
        }
        triedAt = System.nanoTime();
    }

    private boolean emptied() {
        try (Sql sql = opener.open()) {
            sql.number("PRAGMA busy_timeout = 100");
            sql.first("PRAGMA incremental_vacuum(4000)", row -> true);
            return sql.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        } catch (SQLException e) {
            System.getLogger(SqliteScrubber.class.getName())
                    .log(Level.DEBUG, "The embedded database's log could not be emptied yet.", e);
            return false;
        }
    }
}
