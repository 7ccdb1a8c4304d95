package io.mimic.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection, used by one thread at a time. Keeps its prepared statements. */
public final class Sql implements AutoCloseable {
    private static final int KEPT_STATEMENTS = 128;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    private final Dialect dialect;
    private long time;

    Sql(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    Connection connection() {
        return connection;
    }

    /** SQLite's driver would begin the next transaction at once and keep the file locked: there each is begun and ended by statement. */
    void begin() throws SQLException {
        time = 0;
        if (dialect == Dialect.SQLITE) {
            update("BEGIN IMMEDIATE");
        } else {
            connection.setAutoCommit(false);
        }
    }

    /** The server's clock, asked once a transaction. */
    long serverTime() throws SQLException {
        if (time == 0) {
            time = number("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");
        }
        return time;
    }

    void commit() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            update("COMMIT");
        } else {
            connection.commit();
        }
    }

    void rollback() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            update("ROLLBACK");
        } else {
            connection.rollback();
        }
    }

    /** @return number of rows that were changed */
    public int update(String statement, @Nullable Object... values) throws SQLException {
        return prepared(statement, values).executeUpdate();
    }

    /** Runs one statement once for each row of values. */
    public void batch(String statement, Iterable<@Nullable Object[]> rows) throws SQLException {
        PreparedStatement prepared = prepared(statement);
        boolean any = false;
        for (@Nullable Object[] row : rows) {
            bind(prepared, row);
            prepared.addBatch();
            any = true;
        }
        if (any) {
            prepared.executeBatch();
        }
    }

    public <T> List<T> list(String statement, RowMapper<T> mapper, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = prepared(statement, values).executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(mapper.map(rows));
            }
            return list;
        }
    }

    public <T> Optional<T> first(String statement, RowMapper<T> mapper, @Nullable Object... values)
            throws SQLException {
        PreparedStatement prepared = prepared(statement, values);
        if (!prepared.execute()) {
            return Optional.empty();
        }
        try (ResultSet rows = prepared.getResultSet()) {
            return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
        }
    }

    /** The first column of the first row; 0 when there is none or it is null. */
    public long number(String statement, @Nullable Object... values) throws SQLException {
        return first(statement, row -> row.getLong(1), values).orElse(0L);
    }

    /** Runs a script of statements that end with a semicolon at the end of a line. */
    void script(String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String part : text.split(";\\s*\\n", -1)) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
        }
    }

    private PreparedStatement prepared(String statement, @Nullable Object... values) throws SQLException {
        PreparedStatement known = statements.get(statement);
        if (known == null) {
            known = connection.prepareStatement(statement);
            statements.put(statement, known);
            forgetOldest();
        }
        bind(known, values);
        return known;
    }

    private void forgetOldest() throws SQLException {
        if (statements.size() > KEPT_STATEMENTS) {
            var oldest = statements.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** Closes the connection, or gives it back to its pool. */
    @Override
    public void close() throws SQLException {
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        } finally {
            statements.clear();
            connection.close();
        }
    }
}
