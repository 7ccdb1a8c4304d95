package io.mimic.buffer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.SessionBuffer;
import io.mimic.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.ClientKillParams.SkipMe;

/** How the buffer gets on with a server that is set up in its own way. */
@Tag("servers")
class RedisServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int VISIT = 100;

    private final AtomicLong shift = new AtomicLong();
    private RedisProcesses processes;

    @BeforeEach
    void open() throws Exception {
        processes = RedisProcesses.none();
    }

    @AfterEach
    void stop() throws Exception {
        processes.close();
    }

    @Test
    void serverThatRefusesConfigWorksByTheSweepAloneAfterOneWarning() throws Exception {
        String node = RedisProcesses.node(processes.server("--rename-command", "CONFIG", ""));
        try (Warnings warnings = new Warnings(ExpiryNotices.class);
                SessionBuffer first = open(settings(node, 0));
                SessionBuffer second = open(settings(node, 0))) {
            first.onDue(() -> {});
            await().atMost(LONG).until(() -> !warnings.texts.isEmpty());
            Appended appended = append(first, Chunks.page(), 0, null);
            shift.addAndGet(1_000);

            assertThat(second.claim(10))
                    .singleElement()
                    .satisfies(claim -> assertThat(claim.session()).isEqualTo(appended.session()));
            assertThat(warnings.texts)
                    .singleElement()
                    .satisfies(text ->
                            assertThat(text).contains("notify-keyspace-events").contains("set to Ex"));
        }
    }

    @Test
    void appendToAKnownPageIsOneCommand() throws Exception {
        int port = processes.server();
        try (SessionBuffer buffer = open(settings(RedisProcesses.node(port), 0))) {
            String page = Chunks.page();
            append(buffer, page, 0, null);
            try (Commands commands = new Commands(port)) {
                for (int seq = 1; seq <= 20; seq++) {
                    append(buffer, page, seq, null);
                }
                commands.awaitEnd();
                assertThat(commands.ofClients()).hasSize(20).allMatch(line -> line.contains("EVALSHA"));
            }
        }
    }

    @Test
    void scriptsThatAreLostAreBroughtAgainOnce() throws Exception {
        int port = processes.server();
        try (SessionBuffer buffer = open(settings(RedisProcesses.node(port), 1 << 30));
                Jedis jedis = new Jedis("127.0.0.1", port)) {
            String page = Chunks.page();
            append(buffer, page, 0, null);
            jedis.scriptFlush();
            assertThat(append(buffer, page, 1, null).duplicate()).isFalse();
            assertThat(buffer.usage().activeSessions()).isEqualTo(1);
            try (Commands commands = new Commands(port)) {
                append(buffer, page, 2, null);
                commands.awaitEnd();
                assertThat(commands.ofClients()).noneMatch(line -> line.contains("\"EVAL\""));
            }
        }
    }

    @Test
    void batchesOfManyThreadsAreStoredOnceEachWhileConnectionsBreakAndScriptsAreLost() throws Exception {
        int port = processes.server();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (SessionBuffer buffer = open(settings(RedisProcesses.node(port), 0));
                Jedis jedis = new Jedis("127.0.0.1", port)) {
            List<Future<UUID>> visitors = new ArrayList<>();
            List<String> pages = Stream.generate(Chunks::page).limit(8).toList();
            for (String page : pages) {
                visitors.add(threads.submit(() -> visit(buffer, page)));
            }
            for (int i = 0; visitors.stream().anyMatch(visitor -> !visitor.isDone()); i++) {
                jedis.clientKill(new ClientKillParams().type(ClientType.NORMAL).skipMe(SkipMe.YES));
                if (i % 10 == 0) {
                    jedis.scriptFlush();
                }
                await().pollDelay(Duration.ofMillis(5)).until(() -> true);
            }
            for (int i = 0; i < pages.size(); i++) {
                List<ChunkKey> kept = new ArrayList<>();
                buffer.read("shop", visitors.get(i).get(), chunk -> kept.add(chunk.key()));
                String page = pages.get(i);
                assertThat(kept)
                        .containsExactlyElementsOf(IntStream.range(0, VISIT)
                                .mapToObj(seq -> new ChunkKey(page, seq))
                                .toList());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void batchesThatAFrozenServerMayHaveTakenFailAndAreStoredOnceWhenSentAgain() throws Exception {
        int port = processes.server();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (SessionBuffer buffer = open(settings(RedisProcesses.node(port), 0))) {
            List<String> pages = Stream.generate(Chunks::page).limit(16).toList();
            for (String page : pages) {
                append(buffer, page, 0, null);
            }
            signal(port, "STOP");
            try {
                List<Future<Appended>> failing = new ArrayList<>();
                for (String page : pages) {
                    failing.add(threads.submit(() -> append(buffer, page, 1, null)));
                }
                for (Future<Appended> each : failing) {
                    assertThatThrownBy(() -> each.get(LONG.toSeconds(), TimeUnit.SECONDS))
                            .hasCauseInstanceOf(StoreException.class);
                }
            } finally {
                signal(port, "CONT");
            }
            for (String page : pages) {
                UUID session = append(buffer, page, 1, null).session();
                List<ChunkKey> kept = new ArrayList<>();
                buffer.read("shop", session, chunk -> kept.add(chunk.key()));
                assertThat(kept).containsExactly(new ChunkKey(page, 0), new ChunkKey(page, 1));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void batchesTooLargeForTheSocketsOfAFrozenServerHoldUpNobodyForLong() throws Exception {
        int port = processes.server();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SessionBuffer buffer = open(settings(RedisProcesses.node(port), 0))) {
            byte[] random = new byte[6 << 20];
            new Random(7).nextBytes(random);
            String large = Base64.getEncoder().encodeToString(random);
            List<String> pages = Stream.generate(Chunks::page).limit(6).toList();
            signal(port, "STOP");
            List<Future<Appended>> sent = new ArrayList<>();
            try {
                for (String page : pages) {
                    sent.add(threads.submit(() -> append(buffer, page, large)));
                }
                // one or two may be at writing, which ends when the server wakes
                await().atMost(LONG)
                        .until(() -> sent.stream().filter(Future::isDone).count() >= pages.size() - 2);
            } finally {
                signal(port, "CONT");
            }
            for (String page : pages) {
                await().atMost(LONG)
                        .ignoreExceptions()
                        .until(() -> append(buffer, page, large).session() != null);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void signal(int port, String name) throws Exception {
        String pid = String.valueOf(processes.handle(port).pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    /** Sends each batch again until it is taken, as a recorder does; all go to one session. */
    private static UUID visit(SessionBuffer buffer, String page) {
        @Nullable UUID session = null;
        for (int seq = 0; seq < VISIT; ) {
            try {
                UUID taken = append(buffer, page, seq, session).session();
                assertThat(session == null || session.equals(taken)).isTrue();
                session = taken;
                seq++;
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("Redis");
            }
        }
        return session;
    }

    @Test
    void ceilingRefusesNewSessionsAndRunningOnesGoOn() throws Exception {
        String node = RedisProcesses.node(processes.server());
        try (SessionBuffer before = open(settings(node, 0))) {
            String page = Chunks.page();
            Appended running = append(before, page, 0, null);
            try (SessionBuffer full = open(settings(node, 1))) {
                assertThatThrownBy(() -> append(full, Chunks.page(), 0, null))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("mimic.redis.max-bytes");
                assertThat(append(full, page, 1, running.session()).session()).isEqualTo(running.session());
                assertThat(full.health().up()).isFalse();
                assertThat(full.health().toString()).contains("mimic.redis.max-bytes");
            }
        }
    }

    @Test
    void waitingForTheAppendOnlyFileIsRefusedByAServerThatIsTooOld() throws Exception {
        int port = processes.server();
        String version;
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            version = jedis.info("server").replaceAll("(?s).*redis_version:(\\d+\\.\\d+).*", "$1");
        }
        RedisSettings plain = settings(RedisProcesses.node(port), 0);
        RedisSettings waiting =
                new RedisSettings(plain.mode(), plain.nodes(), "", "", "", "", false, plain.prefix(), 16, 0, 0, true);
        if (Double.parseDouble(version) < 7.2) {
            assertThatThrownBy(() -> open(waiting))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("mimic.redis.wait-aof needs Redis 7.2")
                    .hasMessageContaining(version);
        } else {
            open(waiting).close();
        }
    }

    private SessionBuffer open(RedisSettings settings) {
        return RedisSessionBuffer.open(settings, RedisBufferContract.SHORT, shift::get);
    }

    private static RedisSettings settings(String node, long maxBytes) {
        return new RedisSettings(
                RedisSettings.Mode.STANDALONE, List.of(node), "", "", "", "", false, "test:", 16, maxBytes, 0, false);
    }

    private static Appended append(SessionBuffer buffer, String page, int seq, @Nullable UUID token) {
        return buffer.append(new Append("shop", Chunks.chunk(page, seq), token, Chunks.freshId(), null));
    }

    private static Appended append(SessionBuffer buffer, String page, String dom) {
        return buffer.append(new Append("shop", Chunks.chunk(page, 0, dom), null, Chunks.freshId(), null));
    }

    /** Warnings of a class while this is open. */
    private static final class Warnings extends Handler implements AutoCloseable {
        private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
        private final Logger logger;

        Warnings(Class<?> of) {
            logger = Logger.getLogger(of.getName());
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                texts.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    /** What a server is sent while this is open. */
    private static final class Commands implements AutoCloseable {
        private static final String END = "the-end-of-the-test";

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        private final Jedis monitor;
        private final Jedis marker;
        private final Thread thread;

        Commands(int port) {
            monitor = new Jedis("127.0.0.1", port, 60_000);
            marker = new Jedis("127.0.0.1", port);
            thread = new Thread(
                    () -> {
                        try {
                            monitor.monitor(new JedisMonitor() {
                                @Override
                                public void onCommand(String command) {
                                    lines.add(command);
                                }
                            });
                        } catch (JedisException e) {
                            lines.add("closed: " + e.getMessage());
                        }
                    },
                    "monitor");
            thread.setDaemon(true);
            thread.start();
            await().atMost(LONG).until(() -> {
                marker.ping("begin");
                return lines.stream().anyMatch(line -> line.contains("\"begin\""));
            });
            lines.clear();
        }

        void awaitEnd() {
            marker.ping(END);
            await().atMost(LONG).until(() -> lines.stream().anyMatch(line -> line.contains(END)));
        }

        /** Without what scripts did, and without this test's own. */
        List<String> ofClients() {
            List<String> sent = new ArrayList<>(lines);
            sent.removeIf(line -> line.contains(" lua]") || line.contains("\"PING\"") || line.contains("closed:"));
            return sent;
        }

        @Override
        public void close() {
            monitor.disconnect();
            marker.close();
        }
    }
}
