package io.mimic.faults;

import io.mimic.FreePorts;
import io.mimic.archive.s3.CuttingProxy;
import io.mimic.archive.s3.S3Server;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.jdbc.PostgresqlProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one case runs on: three app nodes behind one address, servers of its own behind them, and visitors in front. Everything that it starts ends
 * with it.
 */
final class Stage implements AutoCloseable {
    static final int NODES = 3;
    static final String PROJECT = "faults-shop";
    static final String PROJECT_NAME = "shop";
    static final String BUCKET = "mimic";
    static final String PASSWORD = "kettle-and-7-cups";
    static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofMinutes(3);
    // asked twenty times a second while nodes start, which one client for each question made dear
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<CuttingProxy> s3Links = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private final RedisProcesses redis;
    private final PostgresqlProcess postgresql;
    private final S3Server s3;
    private String classPath = Java.classPath();
    private boolean closed;

    Stage(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        boolean ready = false;
        try {
            redis = keep(RedisProcesses.none());
            postgresql = keep(PostgresqlProcess.start());
            s3 = keep(S3Server.start());
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
        settings.put("mimic.project.id", PROJECT);
        settings.put("mimic.project.name", PROJECT_NAME);
        settings.put("mimic.project.password", PASSWORD);
        settings.put("mimic.flush-interval", "500ms");
        settings.put("mimic.session.timeout", "1s");
        settings.put("mimic.session.grace", "500ms");
        settings.put("mimic.archive.lease", LEASE.toMillis() + "ms");
        settings.put("mimic.catalog", "postgresql");
        settings.put("mimic.postgresql.url", postgresql.url());
        settings.put("mimic.archive", "s3");
        settings.put("mimic.s3.endpoint", s3.endpoint());
        settings.put("mimic.s3.bucket", BUCKET);
        settings.put("mimic.s3.access-key", s3.accessKey());
        settings.put("mimic.s3.secret-key", s3.secretKey());
    }

    Path folder() {
        return folder;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** One that has been set. */
    String setting(String key) {
        return Objects.requireNonNull(settings.get(key), key);
    }

    RedisProcesses redis() {
        return redis;
    }

    PostgresqlProcess postgresql() {
        return postgresql;
    }

    S3Server s3() {
        return s3;
    }

    Ledger ledger() {
        return ledger;
    }

    NodeProcess node(int index) {
        return nodes.get(index);
    }

    List<NodeProcess> nodes() {
        return nodes;
    }

    /** The way of one node to S3. */
    CuttingProxy s3Link(int index) {
        return s3Links.get(index);
    }

    List<CuttingProxy> s3Links() {
        return s3Links;
    }

    <T extends AutoCloseable> T keep(T resource) {
        synchronized (opened) {
            opened.push(resource);
        }
        return resource;
    }

    /** A Redis of this case's own for active sessions. @return its port */
    int useRedis(String... options) throws Exception {
        int port = redis.server(options);
        settings.put("mimic.buffer", "redis");
        settings.put("mimic.redis.nodes", RedisProcesses.node(port));
        return port;
    }

    /** Nodes that are started from now on take their classes from there, as nodes of another version do. */
    void classPath(String other) {
        classPath = other;
    }

    /** Starts a node; its own settings win over those of the stage. */
    void startNode(Map<String, String> own, Duration clockOffset) throws Exception {
        CuttingProxy link = keep(CuttingProxy.to(s3.port()));
        s3Links.add(link);
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("mimic.s3.endpoint", link.endpoint());
        all.putAll(own);
        int number = nodes.size() + 1;
        nodes.add(keep(NodeProcess.start(
                number,
                FreePorts.next(),
                folder.resolve("node-" + number),
                all,
                clockOffset.toMillis(),
                List.of(),
                classPath)));
    }

    /** The nodes' one address. Waits until every node serves, and records unless {@code quiet} is its index. */
    Balancer balance(int quiet) throws Exception {
        for (int i = 0; i < NODES; i++) {
            boolean records = i != quiet;
            NodeProcess node = nodes.get(i);
            Wait.until(
                    node + (records ? " records" : " serves") + " (see " + node.log() + ")",
                    START,
                    () -> records ? recording(node) : status(node.address() + "/") == 200);
        }
        return keep(Balancer.start(
                folder.resolve("nginx"), nodes.stream().map(NodeProcess::port).toList()));
    }

    static boolean recording(NodeProcess node) throws Exception {
        if (!node.alive()) {
            throw new FaultException(node + " has ended (see " + node.log() + ")");
        }
        return health(node).contains("\"recording\":{\"enabled\":true");
    }

    /** What the node says of itself; empty when it does not answer. */
    static String health(NodeProcess node) throws Exception {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(URI.create(node.address() + "/mimic/api/health"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    /** The node's own time, ms since the epoch; 0 when it does not answer. */
    static long time(NodeProcess node) throws Exception {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(URI.create(node.address() + "/"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValueAsLong("X-Node-Time")
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    static int status(String address) throws Exception {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Waits until so many more batches are acknowledged. */
    void more(int batches, Visitors visitors) throws Exception {
        int wanted = ledger.size() + batches;
        Wait.until(
                batches + " more batches are acknowledged (repeats: " + ledger.reasons() + ")",
                Duration.ofMinutes(3),
                () -> {
                    visitors.check();
                    return ledger.size() >= wanted;
                });
    }

    @Override
    public void close() {
        synchronized (opened) {
            closed = true;
            while (!opened.isEmpty()) {
                close(opened.pop());
            }
        }
    }

    boolean closed() {
        return closed;
    }

    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.getLogger(Stage.class.getName())
                    .log(System.Logger.Level.WARNING, "What the case started could not be ended: " + resource, e);
        }
    }
}
