package io.mimic.load;

import io.mimic.FreePorts;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.faults.NodeProcess;
import io.mimic.jdbc.PostgresqlProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host with MIMIC in a process of its own, and the servers that it stores in, for loads that are told no other address. */
public final class LoadNode implements AutoCloseable {
    /** Where active sessions may be kept. */
    public static final List<String> BUFFERS = List.of("embedded", "postgresql", "redis");

    private static final String PROJECT = "load-shop";
    private static final String NAME = "shop";
    private static final String PASSWORD = "kettle-and-7-cups";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Path folder;
    private final List<ProcessHandle> servers = new ArrayList<>();
    private int redisPort;
    private @Nullable NodeProcess node;

    private LoadNode(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts one and waits until it records. Its rate limits are off, since visitors may play faster than any would; each says its own address.
     *
     * @param buffer one of {@link #BUFFERS}
     * @param own settings, which win
     * @param heap of the JVM, such as {@code 512m}
     */
    public static LoadNode start(Path folder, String buffer, Map<String, String> own, String heap) throws Exception {
        LoadNode node = new LoadNode(folder);
        boolean ready = false;
        try {
            node.begin(buffer, own, heap);
            ready = true;
            return node;
        } finally {
            if (!ready) {
                node.close();
            }
        }
    }

    private void begin(String buffer, Map<String, String> own, String heap) throws Exception {
        settings.put("mimic.data-dir", dataFolder().toString());
        settings.put("mimic.project.id", PROJECT);
        settings.put("mimic.project.name", NAME);
        settings.put("mimic.project.password", PASSWORD);
        settings.put("mimic.trusted-proxies", "127.0.0.0/8");
        settings.put("mimic.ingest.rate.session", "0");
        settings.put("mimic.ingest.rate.address", "0");
        settings.put("mimic.ingest.rate.project", "0");
        // what the recordings show is not there any more
        settings.put("mimic.assets", "false");
        switch (buffer) {
            case "embedded" -> {}
            case "postgresql" -> usePostgresql();
            case "redis" -> useRedis();
            default ->
                throw new IllegalArgumentException(
                        "LOAD_BUFFER is \"" + buffer + "\"; it must be one of " + String.join(", ", BUFFERS) + ".");
        }
        settings.putAll(own);
        node = keep(NodeProcess.recording(
                FreePorts.next(), folder.resolve("node"), settings, "-Xms" + heap, "-Xmx" + heap, "-XX:+UseG1GC"));
    }

    private void usePostgresql() throws Exception {
        PostgresqlProcess server = keep(PostgresqlProcess.start("fsync=on"));
        servers.add(server.handle());
        settings.put("mimic.buffer", "postgresql");
        settings.put("mimic.catalog", "postgresql");
        settings.put("mimic.single-node", "true");
        settings.put("mimic.postgresql.url", server.url());
    }

    private void useRedis() throws Exception {
        RedisProcesses redis = keep(RedisProcesses.none());
        redisPort = redis.server();
        servers.add(redis.handle(redisPort));
        settings.put("mimic.buffer", "redis");
        settings.put("mimic.single-node", "true");
        settings.put("mimic.redis.nodes", RedisProcesses.node(redisPort));
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    private NodeProcess running() {
        if (node == null) {
            throw new IllegalStateException("The node is not running.");
        }
        return node;
    }

    public LoadTarget target() {
        return new LoadTarget(running().address(), PROJECT, NAME, PASSWORD);
    }

    public long pid() {
        return running().pid();
    }

    /** Of the node's process alone. */
    public Duration cpu() {
        return ProcessHandle.of(pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** The node's and those of its servers. */
    public List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(servers);
        all.add(ProcessHandle.of(pid()).orElseThrow());
        return all;
    }

    /** What the node has in use of its heap, after a full collection. */
    public long heapBytes() throws IOException, InterruptedException {
        return running().heapBytes();
    }

    /** Where it keeps its data. */
    public Path dataFolder() {
        return folder.resolve("data");
    }

    /** @return 0 without one */
    public int redisPort() {
        return redisPort;
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IOException("What the load started could not be ended.", e);
            }
        }
    }
}
