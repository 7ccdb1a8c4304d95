package io.mimic.buffer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.buffer.Append;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.Claim;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.jdbc.PostgresqlServer;
import io.mimic.jdbc.ShiftedPostgresql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That nodes do not wait for each other in PostgreSQL, and what they write together. */
@Tag("servers")
class PostgresqlClaimsTest {
    private static final String SCHEMA = "mimic_claims";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            64 << 10,
            Duration.ofMinutes(15),
            Duration.ofMinutes(2));

    private ShiftedPostgresql postgresql;

    @BeforeEach
    void open() throws Exception {
        postgresql = ShiftedPostgresql.empty(SCHEMA);
    }

    @AfterEach
    void close() {
        postgresql.close();
    }

    @Test
    void sessionThatSomebodyElseIsClaimingIsPassedOver() throws Exception {
        SessionBuffer node = node();
        UUID taken = begin(node);
        UUID free = begin(node);
        postgresql.advance(Duration.ofSeconds(16));
        try (Connection other = connection()) {
            other.setAutoCommit(false);
            rows(other, "SELECT session FROM mimic_open_session WHERE session = '" + taken + "' FOR UPDATE");
            assertThat(sessions(node.claim(10))).containsExactly(free);
            assertThat(node.claim(10)).isEmpty();
            other.rollback();
        }
        assertThat(sessions(node.claim(10))).containsExactly(taken);
    }

    @Test
    void nodesThatClaimAtOnceShareTheSessions() throws Exception {
        SessionBuffer first = node();
        Set<UUID> begun = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            begun.add(begin(first));
        }
        postgresql.advance(Duration.ofSeconds(16));
        List<SessionBuffer> nodes = List.of(first, node(), node(), node());
        List<UUID> claimed = new ArrayList<>();
        for (List<UUID> some : together(nodes.stream()
                .<Callable<List<UUID>>>map(node -> () -> claimAll(node, begun.size()))
                .toList())) {
            claimed.addAll(some);
        }
        assertThat(claimed).doesNotHaveDuplicates();
        assertThat(claimed).hasSameElementsAs(begun);
    }

    /** As a node does, until nothing is left: what others hold at the moment may come later. */
    private static List<UUID> claimAll(SessionBuffer node, int most) {
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            all.addAll(sessions(node.claim(3)));
        }
        return all;
    }

    @Test
    void claimingReadsWhatIsDueByItsIndex() throws Exception {
        try (SessionBuffer node = node();
                Connection connection = connection()) {
            execute(
                    connection,
                    "INSERT INTO mimic_open_session (project, session, state, started_at, seen_at, batches, pages, generation,"
                            + " raw_bytes, oldest_at, due_at, not_before, lease_until, lease_batches)"
                            + " SELECT 'shop', '00000000-0000-7000-8000-' || lpad(i::text, 12, '0'), 0, i, i, 1, 1, 0, 1, i, i, 0, 0, 0 FROM generate_series(1, 20000) i");
            execute(connection, "ANALYZE mimic_open_session");
            assertThat(node.claim(1)).hasSize(1);
            String plan = String.join(
                    "\n",
                    rows(
                            connection,
                            "EXPLAIN SELECT project, session, seen_at, started_at, client FROM mimic_open_session WHERE due_at <= 20000"
                                    + " ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED"));
            assertThat(plan).contains("Index Scan using mimic_open_session_due").doesNotContain("Sort");
        }
    }

    @Test
    void batchesThatWaitAreCommittedTogether() throws Exception {
        int batches = 60;
        SessionBuffer node = node();
        ExecutorService threads = Executors.newFixedThreadPool(batches);
        List<Thread> appending = new ArrayList<>();
        List<Future<UUID>> appended = new ArrayList<>();
        try (Connection other = connection()) {
            other.setAutoCommit(false);
            execute(other, "LOCK TABLE mimic_chunk IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < batches; i++) {
                appended.add(threads.submit(() -> {
                    synchronized (appending) {
                        appending.add(Thread.currentThread());
                    }
                    return begin(node);
                }));
            }
            await().atMost(LONG).until(() -> {
                synchronized (appending) {
                    return appending.size() == batches
                            && appending.stream()
                                    .allMatch(thread -> thread.getState() == Thread.State.WAITING
                                            || thread.getState() == Thread.State.TIMED_WAITING);
                }
            });
            other.rollback();
            for (Future<UUID> one : appended) {
                assertThat(node.claim(1)).isEmpty();
                assertThat(one.get()).isNotNull();
            }
            List<String> transactions = rows(other, "SELECT DISTINCT xmin::text FROM mimic_chunk");
            assertThat(rows(other, "SELECT page FROM mimic_chunk")).hasSize(batches);
            assertThat(transactions).hasSizeLessThan(batches / 2);
        } finally {
            threads.shutdownNow();
        }
    }

    private SessionBuffer node() {
        return new JdbcSessionBuffer(postgresql.node(), BOUNDS);
    }

    private static UUID begin(SessionBuffer node) {
        return node.append(new Append("shop", Chunks.chunk(Chunks.page(), 0), null, Chunks.freshId(), null))
                .session();
    }

    private static List<UUID> sessions(List<Claim> claims) {
        return claims.stream().map(Claim::session).toList();
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Connection connection() throws Exception {
        Connection connection = PostgresqlServer.shared().connect();
        execute(connection, "SET search_path = " + SCHEMA);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
