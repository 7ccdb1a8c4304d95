package io.mimic.benchmarks;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.jdbc.PostgresqlProcess;
import io.mimic.servlet.MimicFilter;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** Hosts in this process that take batches: bare ones, and one with MIMIC for each buffer; with the servers that they store in. */
final class IngestStores implements AutoCloseable {
    static final String PROJECT = "benchmark";
    static final String DISCARDS = "reads and discards (a)";

    /** With batches of each size. MIMIC has more code than a bare servlet, which a host that runs has compiled long ago. */
    private static final long WARM_UP_MS = 5_000;

    private static final long BARE_WARM_UP_MS = 1_000;
    private static final int WARM_UP_CONNECTIONS = 16;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Path folder;
    private PostgresqlProcess postgresql;
    private RedisProcesses redis;
    private String redisNode;
    private int redisPort;

    /**
     * @param store what is beside it in the table: the name of its reference (b), or of itself
     * @param path that batches are posted to
     */
    record Host(int port, String path, String store) {
        boolean isMimic() {
            return !path.equals("/");
        }
    }

    IngestStores(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        boolean ready = false;
        try {
            postgresql = keep(PostgresqlProcess.start("fsync=on"));
            redis = keep(RedisProcesses.none());
            redisPort = redis.server("--save", "");
            redisNode = RedisProcesses.node(redisPort);
            bare(DISCARDS, BareStore.none());
            String sqlite =
                    bare("and one INSERT, synced, into SQLite (b)", BareStore.sqlite(folder.resolve("bare.db")));
            mimic("MIMIC, embedded", sqlite, Map.of());
            String insert = bare("and one INSERT into PostgreSQL (b)", BareStore.postgresql(postgresql.url()));
            mimic(
                    "MIMIC, PostgreSQL",
                    insert,
                    Map.of(
                            "mimic.buffer",
                            "postgresql",
                            "mimic.catalog",
                            "postgresql",
                            "mimic.postgresql.url",
                            postgresql.url()));
            String hset = bare("and HSET with PEXPIRE into Redis (b)", BareStore.redis(redisNode));
            bare("(b) that inflates the body and walks through its JSON (c)", BareStore.redis(redisNode), true, hset);
            mimic("MIMIC, Redis", hset, Map.of("mimic.buffer", "redis", "mimic.redis.nodes", redisNode));
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** By the names that the table gives them, each reference before what it is the reference of. */
    Map<String, Host> hosts() {
        return hosts;
    }

    List<ProcessHandle> servers() {
        return List.of(postgresql.handle(), redis.handle(redisPort));
    }

    /** Has every host take batches of these sizes, until what a host that runs has compiled is compiled. */
    void warmUp(int... sizes) {
        for (Host host : hosts.values()) {
            for (int bytes : sizes) {
                Batches batches = new Batches(PROJECT, bytes);
                batches.nextRun();
                emptyRedis();
                long millis = host.isMimic() ? WARM_UP_MS : BARE_WARM_UP_MS;
                new HttpLoad(host.port(), WARM_UP_CONNECTIONS).run(millis, 202, batches.posts(host.path()));
            }
        }
    }

    /** Redis keeps all in memory: what a round has left there goes, when nobody needs it any more. */
    void emptyRedis() {
        try (Jedis jedis = new Jedis(HostAndPort.from(redisNode))) {
            jedis.flushAll();
        }
    }

    private String bare(String name, BareStore store) {
        bare(name, store, false, name);
        return name;
    }

    private void bare(String name, BareStore store, boolean parses, String reference) {
        keep(store);
        BenchServer server =
                keep(new BenchServer(folder.resolve("host-" + hosts.size()), new BareServlet(store, parses), null));
        hosts.put(name, new Host(server.port(), "/", reference));
    }

    private void mimic(String name, String reference, Map<String, String> settings) {
        Path place = folder.resolve("host-" + hosts.size());
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("mimic.single-node", "true");
        MimicConfig config = MimicConfig.from(all::get)
                .with(MimicSetting.DATA_DIR, place.resolve("data").toString())
                .with(MimicSetting.PROJECT_ID, PROJECT)
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password")
                .with(MimicSetting.INGEST_RATE_SESSION, 0)
                .with(MimicSetting.INGEST_RATE_ADDRESS, 0)
                .with(MimicSetting.INGEST_RATE_PROJECT, 0)
                // no session ends while it is measured: archiving has figures of its own
                .with(MimicSetting.SESSION_TIMEOUT, Duration.ofHours(2));
        Mimic mimic = keep(Mimic.start(config));
        BenchServer server = keep(new BenchServer(place, new HttpServlet() {}, new MimicFilter(mimic)));
        awaitRecording(mimic);
        hosts.put(name, new Host(server.port(), "/mimic/ingest", reference));
    }

    private static void awaitRecording(Mimic mimic) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!mimic.health().up()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("MIMIC does not record: " + mimic.health());
            }
            Thread.onSpinWait();
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("What the benchmark started could not be ended.", e);
            }
        }
    }
}
