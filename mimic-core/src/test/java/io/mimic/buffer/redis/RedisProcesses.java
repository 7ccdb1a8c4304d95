package io.mimic.buffer.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Redis servers that a test starts itself, from the {@code redis-server} of this machine; stopped when it is closed. */
public final class RedisProcesses implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final Path folder;

    private RedisProcesses() throws IOException {
        this.folder = Files.createTempDirectory("mimic-redis");
    }

    /** One server; the address in {@code MIMIC_TEST_REDIS}, if there is one, is used instead. */
    public static RedisProcesses none() throws IOException {
        return new RedisProcesses();
    }

    public static String node(int port) {
        return "127.0.0.1:" + port;
    }

    public int server(String... options) throws Exception {
        int port = freePort();
        start(port, "redis-server", options);
        return port;
    }

    /** Three masters that share the slots. */
    List<String> cluster() throws Exception {
        List<String> nodes = new ArrayList<>();
        List<String> create = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        for (int i = 0; i < 3; i++) {
            int port = server("--cluster-enabled", "yes", "--cluster-config-file", "nodes-" + i + ".conf");
            nodes.add(node(port));
            create.add(node(port));
        }
        create.addAll(List.of("--cluster-replicas", "0", "--cluster-yes"));
        Process process = new ProcessBuilder(create).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("redis-cli could not make a Cluster: " + out);
        }
        for (String node : nodes) {
            awaitTrue(node, jedis -> jedis.clusterInfo().contains("cluster_state:ok"));
        }
        return nodes;
    }

    /** A master, a replica and three Sentinels that watch the master under the name "shop". */
    Sentinels sentinels() throws Exception {
        int master = server();
        int replica = server("--replicaof", "127.0.0.1 " + master);
        awaitTrue(node(replica), jedis -> jedis.info("replication").contains("master_link_status:up"));
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int port = freePort();
            Path config = Files.writeString(
                    folder.resolve("sentinel-" + port + ".conf"),
                    "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\nsentinel monitor shop 127.0.0.1 " + master
                            + " 2\nsentinel down-after-milliseconds shop 1000\nsentinel failover-timeout shop 3000\n");
            startCommand(port, List.of("redis-server", config.toString(), "--sentinel"));
            nodes.add(node(port));
        }
        for (String node : nodes) {
            awaitTrue(node, jedis -> jedis.info("sentinel").contains("slaves=1,sentinels=3"));
        }
        return new Sentinels(nodes, master, replica);
    }

    /** @param nodes the Sentinels' own addresses */
    record Sentinels(List<String> nodes, int masterPort, int replicaPort) {}

    /** Ends a server as a power cut would. */
    void kill(int port) throws Exception {
        for (Process process : processes) {
            if (process.info().arguments().map(List::of).orElse(List.of()).contains(String.valueOf(port))) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void start(int port, String binary, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                binary,
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                ""));
        command.addAll(List.of(options));
        startCommand(port, command);
    }

    private void startCommand(int port, List<String> command) throws Exception {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis-" + port + ".log").toFile())
                .start());
        awaitTrue(node(port), jedis -> true);
    }

    static void awaitTrue(String node, Check check) throws Exception {
        JedisException last = null;
        for (int i = 0; i < 300; i++) {
            String[] parts = node.split(":", 2);
            try (Jedis jedis = new Jedis(parts[0], Integer.parseInt(parts[1]))) {
                jedis.connect();
                if (check.holds(jedis)) {
                    return;
                }
            } catch (JedisException e) {
                last = e;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("Redis at " + node + " is not ready", last);
    }

    private static int freePort() throws IOException {
        // a Cluster's bus takes port + 10000
        for (int i = 0; i < 100; i++) {
            try (ServerSocket socket = new ServerSocket(0)) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            }
        }
        throw new IOException("no free port below 55000");
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    @FunctionalInterface
    interface Check {
        boolean holds(Jedis jedis);
    }
}
