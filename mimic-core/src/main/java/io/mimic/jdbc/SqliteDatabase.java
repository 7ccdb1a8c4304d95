package io.mimic.jdbc;

import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The embedded database: one SQLite file in WAL mode that is flushed at every commit, one writer with group commit, a few readers.
 * Deleted rows are overwritten. The file belongs to this process; see {@link DataDirectory}.
 */
public final class SqliteDatabase implements Database {
    private static final int READERS = 4;
    private static final List<String> READER =
            List.of("busy_timeout = 5000", "temp_store = MEMORY", "cache_size = -8000", "query_only = ON");
    private static final List<String> WRITER = List.of(
            "busy_timeout = 5000",
            "auto_vacuum = INCREMENTAL",
            "journal_mode = WAL",
            "journal_size_limit = 67108864",
            "synchronous = FULL",
            "secure_delete = ON",
            "temp_store = MEMORY",
            "cache_size = -16000");

    private final Clock clock;
    private final SqliteFailures failures;
    private final Connections writing;
    private final Connections reading;
    private final GroupCommit writer;
    private final SqliteScrubber scrubber;

    private SqliteDatabase(Path file, Clock clock, WriteBounds bounds) {
        this.clock = clock;
        this.failures = new SqliteFailures(file);
        this.writing = new SqliteConnections(1, () -> open(file, false));
        this.reading = new SqliteConnections(READERS, () -> open(file, true));
        this.scrubber = new SqliteScrubber(() -> open(file, false));
        this.writer = new GroupCommit("mimic-writer", writing, bounds, failures, scrubber);
    }

    /**
     * Opens the database, or makes it, and brings its schema up to date.
     *
     * @param clock decides about every session that is kept here
     * @throws StoreException when it is damaged, cannot be written, or was made by a newer MIMIC that this one cannot go with
     */
    public static SqliteDatabase open(Path file, Clock clock) {
        return open(file, clock, WriteBounds.USUAL);
    }

    static SqliteDatabase open(Path file, Clock clock, WriteBounds bounds) {
        SqliteDatabase database = new SqliteDatabase(file, clock, bounds);
        boolean ready = false;
        try {
            for (Schema.Part part : Schema.Part.values()) {
                database.write("bring its schema up to date", sql -> Schema.migrate(Dialect.SQLITE, part, sql));
            }
            ready = true;
            return database;
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    /**
     * Loads the driver, which runs a process to learn the name of the system. The JVM's own thread that waits for it lives on for a minute, and
     * with it the context class loader that it is begun with.
     */
    private static void loadDriver() throws SQLException {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new SQLException("the driver cannot load its native library", e);
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static Sql open(Path file, boolean readOnly) throws SQLException {
        loadDriver();
        Sql sql = new Sql(new SQLiteConfig().createConnection("jdbc:sqlite:" + file.toAbsolutePath()), Dialect.SQLITE);
        boolean ready = false;
        try {
            for (String pragma : readOnly ? READER : WRITER) {
                sql.first("PRAGMA " + pragma, row -> true);
            }
            ready = true;
            return sql;
        } finally {
            if (!ready) {
                sql.close();
            }
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public <T extends @Nullable Object> T read(String doing, SqlWork<T> work) {
        Sql sql;
        try {
            sql = reading.borrow();
        } catch (SQLException e) {
            throw failures.told(doing, e);
        }
        boolean sound = false;
        try {
            T answer = work.run(sql);
            sound = true;
            return answer;
        } catch (SQLException e) {
            throw failures.told(doing, e);
        } finally {
            reading.giveBack(sql, sound);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(String doing, long bytes, SqlWork<T> work) {
        return writer.write(doing, bytes, work);
    }

    @Override
    public long now(Sql sql) {
        return clock.millis();
    }

    @Override
    public void scrub() {
        scrubber.ask();
    }

    @Override
    public StoreHealth health() {
        try {
            if (writer.lastFailure() != null) {
                write("write", sql -> sql.update("UPDATE mimic_schema SET version = version"));
            }
            return StoreHealth.up("embedded");
        } catch (StoreException e) {
            return StoreHealth.down(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        writer.close();
        reading.close();
        writing.close();
    }
}
