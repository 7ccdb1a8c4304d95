package io.mimic.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL (13 or later) that any number of nodes share, through a pool of its own that the host does not see. Writes of
 * many threads share transactions; the server's clock decides.
 */
public final class PostgresqlDatabase implements Database {
    private static final int OLDEST_SERVER = 130_000;
    /** Any number that no one else locks: "mimic" in ASCII. */
    private static final long MIGRATION_LOCK = 0x6d696d6963L;

    private final HikariDataSource pool;
    private final Connections connections;
    private final Failures failures;
    private final LongSupplier shift;
    private final List<GroupCommit> writers = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private PostgresqlDatabase(HikariDataSource pool, PostgresqlSettings settings, LongSupplier shift) {
        this.pool = pool;
        this.connections = new PooledConnections(pool);
        this.failures = new PostgresqlFailures(settings.shownUrl());
        this.shift = shift;
        for (int i = 0; i < Math.max(1, settings.poolSize() / 2); i++) {
            writers.add(new GroupCommit("mimic-writer-" + i, connections, WriteBounds.USUAL, failures, () -> {}));
        }
    }

    /**
     * Connects, and makes or checks the tables; several nodes may do so at once.
     *
     * @throws StoreException when the server cannot be reached, is older than 13, or its tables do not fit; nothing stays open then
     */
    public static PostgresqlDatabase open(PostgresqlSettings settings) {
        return open(settings, () -> 0);
    }

    /** @param shift ms that are added to the server's clock, for tests */
    static PostgresqlDatabase open(PostgresqlSettings settings, LongSupplier shift) {
        PostgresqlDatabase database = new PostgresqlDatabase(pool(settings), settings, shift);
        boolean ready = false;
        try {
            if (settings.migrate()) {
                database.write("bring its schema up to date", sql -> migrate(sql, settings.schema()));
            } else {
                database.read("check its schema", PostgresqlDatabase::check);
            }
            ready = true;
            return database;
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    private static HikariDataSource pool(PostgresqlSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(settings.url());
        if (!settings.user().isEmpty()) {
            source.setUser(settings.user());
        }
        if (!settings.password().isEmpty()) {
            source.setPassword(settings.password());
        }
        if (!settings.schema().isEmpty()) {
            source.setCurrentSchema(settings.schema());
        }
        source.setApplicationName("mimic");
        source.setConnectTimeout(5);
        source.setSocketTimeout(30);
        source.setTcpKeepAlive(true);
        HikariConfig config = new HikariConfig();
        config.setPoolName("mimic");
        config.setDataSource(source);
        config.setMaximumPoolSize(Math.max(2, settings.poolSize()));
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("SET statement_timeout = 20000");
        return new HikariDataSource(config);
    }

    private static boolean migrate(Sql sql, String schema) throws SQLException {
        checkServer(sql);
        sql.first("SELECT pg_advisory_xact_lock(?)", row -> true, MIGRATION_LOCK);
        if (!schema.isEmpty()) {
            sql.update("CREATE SCHEMA IF NOT EXISTS \"" + schema.replace("\"", "\"\"") + "\"");
        }
        boolean changed = false;
        for (Schema.Part part : Schema.Part.values()) {
            changed |= Schema.migrate(Dialect.POSTGRESQL, part, sql);
        }
        return changed;
    }

    private static boolean check(Sql sql) throws SQLException {
        checkServer(sql);
        boolean there = sql.number("SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('mimic_schema')") > 0;
        for (Schema.Part part : Schema.Part.values()) {
            int found = there ? Schema.checked(part, sql).orElse(0) : 0;
            if (found < part.version()) {
                throw new SQLException(
                        "its " + part.word() + " tables have version " + found + ", " + part.version()
                                + " is needed. Run the scripts of docs/schema/postgresql, or set mimic.postgresql.migrate=true.");
            }
        }
        return true;
    }

    private static void checkServer(Sql sql) throws SQLException {
        long version = sql.first("SHOW server_version_num", row -> Long.valueOf(row.getString(1)))
                .orElse(0L);
        if (version < OLDEST_SERVER) {
            throw new SQLException("it is version " + version / 10_000 + "; MIMIC needs 13 or later.");
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public <T extends @Nullable Object> T read(String doing, SqlWork<T> work) {
        try (Sql sql = connections.borrow()) {
            return work.run(sql);
        } catch (SQLException e) {
            throw failures.told(doing, e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(String doing, long bytes, SqlWork<T> work) {
        return writers.get(Math.floorMod(next.getAndIncrement(), writers.size()))
                .write(doing, bytes, work);
    }

    @Override
    public long now(Sql sql) throws SQLException {
        return sql.serverTime() + shift.getAsLong();
    }

    /** PostgreSQL's own vacuum and log recycling do it; docs/operations.md says when. */
    @Override
    public void scrub() {}

    @Override
    public StoreHealth health() {
        try {
            boolean writable = read(
                    "answer",
                    sql -> sql.first("SHOW transaction_read_only", row -> row.getString(1))
                            .orElse("on")
                            .equals("off"));
            return writable
                    ? StoreHealth.up("postgresql")
                    : StoreHealth.down("PostgreSQL is read-only at this moment (a standby?).");
        } catch (StoreException e) {
            return StoreHealth.down(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        writers.forEach(GroupCommit::close);
        pool.close();
    }
}
