package io.mimic;

import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.jdbc.PostgresqlSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** What database servers have on their disks of what MIMIC keeps, below what they answer. */
final class ServerFiles {
    /** Tables and indexes of a schema, and where long values of theirs lie. */
    private static final String RELATIONS = "WITH own AS (SELECT c.oid, c.reltoastrelid FROM pg_class c"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relkind IN ('r', 'i')),"
            + " every AS (SELECT oid FROM own UNION SELECT reltoastrelid FROM own UNION"
            + " SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT reltoastrelid FROM own))"
            + " SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM every"
            + " WHERE oid <> 0 AND pg_relation_size(oid) > 0";

    private ServerFiles() {}

    /** The bytes of PostgreSQL's files of the schema, once they are written. */
    static List<byte[]> postgresql(PostgresqlSettings database) throws Exception {
        List<byte[]> all = new ArrayList<>();
        try (var connection = DriverManager.getConnection(database.url())) {
            try (var checkpoint = connection.createStatement()) {
                checkpoint.execute("CHECKPOINT");
            }
            try (var files = connection.prepareStatement(RELATIONS)) {
                files.setString(1, database.schema());
                try (ResultSet rows = files.executeQuery()) {
                    while (rows.next()) {
                        all.add(rows.getBytes(1));
                    }
                }
            }
        }
        return all;
    }

    /** Writes every table of the schema anew. */
    static void rewrite(PostgresqlSettings database) throws Exception {
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement();
                ResultSet tables =
                        connection.getMetaData().getTables(null, database.schema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                statement.execute("VACUUM FULL " + database.schema() + "." + tables.getString("TABLE_NAME"));
            }
        }
    }

    /** How many files of PostgreSQL's write-ahead log hold a text. */
    static int inWriteAheadLog(PostgresqlSettings database, String text) throws Exception {
        return inWriteAheadLog(database, text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many hold these bytes. */
    static int inWriteAheadLog(PostgresqlSettings database, byte[] searched) throws Exception {
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.prepareStatement(
                        "SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND"
                                + " position(?::bytea IN pg_read_binary_file('pg_wal/' || name, 0, 1 << 26, true)) > 0")) {
            statement.setBytes(1, searched);
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    /** What docs/operations.md tells an operator to do: no file of the log is kept for further use, and the next one is begun. */
    static void beginWriteAheadLogAnew(PostgresqlSettings database) throws Exception {
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET wal_recycle = off");
            statement.execute("SELECT pg_reload_conf()");
            statement.execute("SELECT pg_switch_wal()");
            statement.execute("CHECKPOINT");
        }
    }

    /** The bytes of a Redis server's append-only files. */
    static List<byte[]> appendOnly(int port) throws IOException {
        Path folder;
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            Map<String, String> settings = jedis.configGet("dir", "appenddirname");
            folder = Path.of(settings.get("dir"), settings.get("appenddirname"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(ServerFiles::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a Redis server write its append-only file anew, and waits until it has. */
    static void rewriteAppendOnly(int port) throws Exception {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.bgrewriteaof();
        }
        RedisProcesses.awaitTrue(RedisProcesses.node(port), jedis -> {
            String state = jedis.info("persistence");
            return state.contains("aof_rewrite_in_progress:0")
                    && state.contains("aof_rewrite_scheduled:0")
                    && state.contains("aof_last_bgrewrite_status:ok");
        });
    }
}
