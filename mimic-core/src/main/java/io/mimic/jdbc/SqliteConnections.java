package io.mimic.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections to one SQLite file, opened when they are first needed. */
final class SqliteConnections implements Connections {
    private final Opener opener;
    private final int size;
    private final Semaphore free;
    private final Deque<Sql> idle = new ArrayDeque<>();

    SqliteConnections(int size, Opener opener) {
        this.size = size;
        this.opener = opener;
        this.free = new Semaphore(size, true);
    }

    @Override
    public Sql borrow() throws SQLException {
        boolean got;
        try {
            got = free.tryAcquire(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        }
        if (!got) {
            throw new SQLException("no connection was free within 10 s");
        }
        Sql sql = takeIdle();
        return sql == null ? opened() : sql;
    }

    private Sql opened() throws SQLException {
        boolean opened = false;
        try {
            Sql sql = opener.open();
            opened = true;
            return sql;
        } finally {
            if (!opened) {
                free.release();
            }
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Sql takeIdle() {
        return idle.pollFirst();
    }

    @Override
    public void giveBack(Sql sql, boolean sound) {
        if (sound) {
            synchronized (this) {
                idle.addFirst(sql);
            }
        } else {
            discard(sql);
        }
        free.release();
    }

    private static void discard(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            System.getLogger(SqliteConnections.class.getName())
                    .log(System.Logger.Level.DEBUG, "A connection in doubt could not be closed.", e);
        }
    }

    /** Waits a bounded time for those in use. */
    @Override
    public void close() {
        try {
            if (!free.tryAcquire(size, 10, TimeUnit.SECONDS)) {
                System.getLogger(SqliteConnections.class.getName())
                        .log(System.Logger.Level.WARNING, "A read of the embedded database did not end in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            idle.forEach(SqliteConnections::discard);
            idle.clear();
        }
    }

    @FunctionalInterface
    interface Opener {
        Sql open() throws SQLException;
    }
}
