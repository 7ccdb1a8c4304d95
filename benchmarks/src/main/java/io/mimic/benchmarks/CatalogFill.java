package io.mimic.benchmarks;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills a catalog's tables as fast as the database takes it; leaves one alone that has all of the rows already. */
final class CatalogFill {
    private static final String SESSIONS = "mimic_session";
    private static final String STATUSES = "mimic_session_status";
    private static final String FILL_USERS =
            "INSERT INTO mimic_session_identity (project, user_id, started_at, session)"
                    + " SELECT project, user_id, started_at, session FROM mimic_session WHERE user_id IS NOT NULL";
    private static final int STEP = 5_000;

    private CatalogFill() {}

    /** By COPY, with the indexes made afterwards. */
    static void postgresql(Connection connection, CatalogRows rows) throws SQLException {
        if (filled(connection, rows)) {
            return;
        }
        Map<String, String> indexes = indexes(connection);
        for (String name : indexes.keySet()) {
            execute(connection, "DROP INDEX " + name);
        }
        copy(connection, rows, SESSIONS, CatalogRows.SESSION_COLUMNS, i -> Collections.singletonList(rows.session(i)));
        copy(connection, rows, STATUSES, CatalogRows.STATUS_COLUMNS, rows::statuses);
        execute(connection, FILL_USERS);
        execute(connection, "SET maintenance_work_mem = '512MB'");
        for (String definition : indexes.values()) {
            execute(connection, definition);
        }
        execute(connection, "VACUUM ANALYZE");
    }

    /** In one transaction that need not outlive a crash. */
    static void sqlite(Connection connection, CatalogRows rows) throws SQLException {
        if (filled(connection, rows)) {
            return;
        }
        execute(connection, "PRAGMA synchronous = OFF");
        connection.setAutoCommit(false);
        try (PreparedStatement session = connection.prepareStatement(insert(SESSIONS, CatalogRows.SESSION_COLUMNS));
                PreparedStatement status = connection.prepareStatement(insert(STATUSES, CatalogRows.STATUS_COLUMNS))) {
            for (int i = 0; i < rows.sessions(); i++) {
                add(session, rows.session(i));
                for (Object[] values : rows.statuses(i)) {
                    add(status, values);
                }
                if (i % STEP == STEP - 1 || i == rows.sessions() - 1) {
                    session.executeBatch();
                    status.executeBatch();
                }
            }
        }
        execute(connection, FILL_USERS);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static boolean filled(Connection connection, CatalogRows rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM " + SESSIONS)) {
            count.next();
            long found = count.getLong(1);
            if (found != 0 && found != rows.sessions()) {
                throw new IllegalStateException("The kept catalog has " + found + " sessions, not " + rows.sessions()
                        + ": name another one, or empty it.");
            }
            return found != 0;
        }
    }

    /** Names and definitions of what is no primary key. */
    private static Map<String, String> indexes(Connection connection) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('"
                                + SESSIONS + "', '" + STATUSES + "') AND indexname NOT LIKE '%_pkey'")) {
            while (row.next()) {
                found.put(row.getString(1), row.getString(2));
            }
        }
        return found;
    }

    private static void copy(
            Connection connection, CatalogRows rows, String table, List<String> columns, RowsOfOne source)
            throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + String.join(",", columns) + ") FROM STDIN");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rows.sessions(); i++) {
            for (Object[] values : source.of(i)) {
                line(lines, values);
            }
            if (i % STEP == STEP - 1 || i == rows.sessions() - 1) {
                byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                lines.setLength(0);
            }
        }
        copy.endCopy();
    }

    private static void line(StringBuilder lines, Object[] values) {
        List<String> fields = new ArrayList<>(values.length);
        for (Object value : values) {
            fields.add(value == null ? "\\N" : value.toString().replace("\n", "\\n"));
        }
        lines.append(String.join("\t", fields)).append('\n');
    }

    private static String insert(String table, List<String> columns) {
        return "INSERT INTO " + table + " (" + String.join(",", columns) + ") VALUES ("
                + String.join(",", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private static void add(PreparedStatement statement, Object[] values) throws SQLException {
        for (int column = 0; column < values.length; column++) {
            statement.setObject(column + 1, values[column]);
        }
        statement.addBatch();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows that one session has in a table. */
    @FunctionalInterface
    private interface RowsOfOne {
        List<Object[]> of(int session);
    }
}
