package io.mimic.buffer.redis;

import io.mimic.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Redis servers that a test starts itself, from the {@code redis-server} of this machine; stopped when it is closed. */
public final class RedisProcesses implements AutoCloseable {
    private final Map<Integer, List<String>> commands = new LinkedHashMap<>();
    private final Map<Integer, Process> processes = new LinkedHashMap<>();
    private final Path folder;

    private RedisProcesses() throws IOException {
        this.folder = Files.createTempDirectory("mimic-redis");
    }

    /** None yet. */
    public static RedisProcesses none() throws IOException {
        return new RedisProcesses();
    }

    public static String node(int port) {
        return "127.0.0.1:" + port;
    }

    /** Starts one server, which answers when this returns. @return its port */
    public int server(String... options) throws Exception {
        int port = FreePorts.next();
        start(port, options);
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
    public Sentinels sentinels() throws Exception {
        int master = server();
        int replica = server("--replicaof", "127.0.0.1 " + master);
        awaitTrue(node(replica), jedis -> jedis.info("replication").contains("master_link_status:up"));
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int port = FreePorts.next();
            Path config = Files.writeString(
                    folder.resolve("sentinel-" + port + ".conf"),
                    "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\nsentinel monitor shop 127.0.0.1 " + master
                            + " 2\nsentinel down-after-milliseconds shop 3000\nsentinel failover-timeout shop 6000\n");
            startCommand(port, List.of("redis-server", config.toString(), "--sentinel"));
            nodes.add(node(port));
        }
        for (String node : nodes) {
            awaitTrue(node, jedis -> jedis.info("sentinel").contains("slaves=1,sentinels=3"));
        }
        return new Sentinels(nodes, master, replica);
    }

    /** @param nodes the Sentinels' own addresses */
    public record Sentinels(List<String> nodes, int masterPort, int replicaPort) {}

    /** Ends a server as {@code kill -9} does. */
    public void kill(int port) throws Exception {
        process(port).destroyForcibly().waitFor();
    }

    /** Starts a server again that was killed, on its port and with the files that it left. */
    public void restart(int port) throws Exception {
        kill(port);
        startCommand(port, commands.get(port));
    }

    /** The server's process. */
    public ProcessHandle handle(int port) {
        return process(port).toHandle();
    }

    private Process process(int port) {
        Process process = processes.get(port);
        if (process == null) {
            throw new IllegalArgumentException("No server was started on port " + port);
        }
        return process;
    }

    private void start(int port, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "redis-server",
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                Files.createDirectory(folder.resolve(String.valueOf(port))).toString(),
                "--save",
                ""));
        command.addAll(List.of(options));
        startCommand(port, command);
    }

    private void startCommand(int port, List<String> command) throws Exception {
        commands.put(port, command);
        processes.put(
                port,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                folder.resolve("redis-" + port + ".log").toFile()))
                        .start());
        awaitTrue(node(port), jedis -> true);
    }

    /** Waits up to a minute for what a server tells. */
    public static void awaitTrue(String node, Check check) throws Exception {
        JedisException last = null;
        for (int i = 0; i < 1_200; i++) {
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

    @Override
    public void close() throws Exception {
        for (Process process : processes.values()) {
            process.destroyForcibly().waitFor();
        }
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    /** What a server is asked. */
    @FunctionalInterface
    public interface Check {
        boolean holds(Jedis jedis);
    }
}
