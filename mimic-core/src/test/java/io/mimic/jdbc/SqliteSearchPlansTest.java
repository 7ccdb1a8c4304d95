package io.mimic.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.store.StoreHealth;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite's planner makes of the list's statements: none reads all sessions of a project. */
class SqliteSearchPlansTest {
    private static final String SESSION = "01930000-0000-7000-8000-000000000001";

    @TempDir
    Path folder;

    private final Set<String> asked = new LinkedHashSet<>();
    private Connection connection;

    @BeforeEach
    void fillOne() throws Exception {
        Path file = folder.resolve("catalog.db");
        SqliteDatabase.open(file, Clock.systemUTC()).close();
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO mimic_session (project, session, active, faulty, started_at, ended_at, seen_at, ended_seen,"
                            + " last_event, urls, pages, windows, events, errors, failed_requests, console_errors, rage_clicks, ip, bytes,"
                            + " activity) VALUES ('shop', '" + SESSION
                            + "', 0, 0, 10, 20, 20, 20, 20, '/', 1, 1, 1, 0, 0, 0, 0, '10.3.7.9', 1, '')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aSearchByTheBeginningOfAnIdReadsItsOwnRows() throws SQLException {
        assertThat(ask(SessionQuery.newest("shop", 50).matching("01930000-0000")))
                .isEqualTo(1);
        assertNoneReadsAll();
    }

    @Test
    void aSearchByTheBeginningOfAnAddressReadsItsOwnRows() throws SQLException {
        assertThat(ask(SessionQuery.newest("shop", 50).matching("10.3."))).isEqualTo(1);
        assertNoneReadsAll();
    }

    @Test
    void theListAndASearchInAddressesReadInOrderOfTime() throws SQLException {
        assertThat(ask(SessionQuery.newest("shop", 50))).isEqualTo(1);
        assertThat(ask(SessionQuery.newest("shop", 50).matching("no-such-address")))
                .isZero();
        assertThat(ask(SessionQuery.newest("shop", 50).of("somebody"))).isZero();
        assertNoneReadsAll();
    }

    private int ask(SessionQuery query) {
        return new JdbcSessionCatalog(new Listening(), Clock.systemUTC())
                .find(query)
                .items()
                .size();
    }

    private void assertNoneReadsAll() throws SQLException {
        assertThat(asked).isNotEmpty();
        for (String statement : asked) {
            List<String> plan = plan(statement);
            assertThat(plan)
                    .as(statement)
                    .isNotEmpty()
                    .noneMatch(step ->
                            step.startsWith("SCAN d") || step.startsWith("SCAN s") || step.startsWith("SCAN mimic"))
                    .noneMatch(step -> step.endsWith("(project=?)"));
        }
    }

    private List<String> plan(String statement) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (var explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + statement);
                ResultSet rows = explain.executeQuery()) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }

    /** The file, with every statement that is prepared noted. */
    private final class Listening implements Database {
        @Override
        public Dialect dialect() {
            return Dialect.SQLITE;
        }

        @Override
        public <T extends @Nullable Object> T read(String doing, SqlWork<T> work) {
            try {
                return work.run(new Sql(noting(), Dialect.SQLITE));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private Connection noting() {
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, values) -> {
                        if (method.getName().equals("prepareStatement")) {
                            asked.add((String) values[0]);
                        }
                        try {
                            return method.invoke(connection, values);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public <T extends @Nullable Object> T write(String doing, long bytes, SqlWork<T> work) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long now(Sql sql) {
            return 0;
        }

        @Override
        public void scrub() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoreHealth health() {
            return StoreHealth.up("sqlite");
        }

        @Override
        public void close() {}
    }
}
