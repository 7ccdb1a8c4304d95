package io.mimic.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** The reference of a store: the one command that keeps a body, and nothing else. */
interface BareStore extends AutoCloseable {
    String TABLE = "CREATE TABLE IF NOT EXISTS bare (id BIGINT PRIMARY KEY, body %s NOT NULL)";
    String INSERT = "INSERT INTO bare (id, body) VALUES (?, ?)";

    /** Returns when the body is as safe as the store makes it. */
    void store(byte[] body) throws SQLException;

    @Override
    void close() throws SQLException;

    /** Nothing is kept. */
    static BareStore none() {
        return new BareStore() {
            @Override
            public void store(byte[] body) {}

            @Override
            public void close() {}
        };
    }

    /** SQLite as MIMIC opens it: a write-ahead log, synced in every transaction; one insert is one transaction. */
    static BareStore sqlite(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute(TABLE.formatted("BLOB"));
        }
        PreparedStatement insert = connection.prepareStatement(INSERT);
        AtomicLong ids = new AtomicLong();
        return new BareStore() {
            @Override
            public synchronized void store(byte[] body) throws SQLException {
                insert(insert, ids.incrementAndGet(), body);
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    /** One insert is one transaction, on as many connections as MIMIC has. */
    static BareStore postgresql(String url) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        HikariDataSource pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(TABLE.formatted("BYTEA"));
        }
        AtomicLong ids = new AtomicLong();
        return new BareStore() {
            @Override
            public void store(byte[] body) throws SQLException {
                try (Connection connection = pool.getConnection();
                        PreparedStatement statement = connection.prepareStatement(INSERT)) {
                    insert(statement, ids.incrementAndGet(), body);
                }
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    private static void insert(PreparedStatement statement, long id, byte[] body) throws SQLException {
        statement.setLong(1, id);
        statement.setBytes(2, body);
        statement.executeUpdate();
    }

    /** A field of a hash, and when the hash expires, in one round trip. */
    static BareStore redis(String node) {
        GenericObjectPoolConfig<redis.clients.jedis.Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(16);
        pool.setMaxIdle(16);
        pool.setJmxEnabled(false);
        RedisClient client = RedisClient.builder()
                .hostAndPort(HostAndPort.from(node))
                .poolConfig(pool)
                .build();
        AtomicLong ids = new AtomicLong();
        return new BareStore() {
            @Override
            public void store(byte[] body) {
                long id = ids.incrementAndGet();
                byte[] key = ("bare:" + id / 12).getBytes(StandardCharsets.US_ASCII);
                byte[] field = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
                try (var pipeline = client.pipelined()) {
                    pipeline.hset(key, field, body);
                    pipeline.pexpire(key, 3_600_000);
                    pipeline.sync();
                }
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
