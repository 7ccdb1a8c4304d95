package io.mimic.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL for tests: the one that {@code MIMIC_TEST_POSTGRESQL} names (a JDBC URL with user and password), else one that is
 * started from the binaries of this machine and stopped with the JVM.
 */
public final class PostgresqlServer {
    private static volatile PostgresqlServer shared;

    private final String url;

    private PostgresqlServer(String url) {
        this.url = url;
    }

    /** The one server of this JVM. */
    public static synchronized PostgresqlServer shared() throws Exception {
        if (shared == null) {
            String named = System.getenv("MIMIC_TEST_POSTGRESQL");
            shared = new PostgresqlServer(
                    named == null ? PostgresqlProcess.start().url() : named);
        }
        return shared;
    }

    /** An empty schema of that name. */
    public PostgresqlSettings emptySchema(String schema) throws Exception {
        execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        return new PostgresqlSettings(url, "", "", schema, 8, true);
    }

    /** The caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    public void execute(String sql) throws Exception {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
