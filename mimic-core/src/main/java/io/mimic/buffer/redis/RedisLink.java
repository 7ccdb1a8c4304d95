package io.mimic.buffer.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mimic.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** The connection to Redis, whatever its nodes are. Thread-safe; every failure is a {@link StoreException}. */
final class RedisLink implements AutoCloseable {
    private static final int WAIT_MS = 2_000;
    /** As long as a connection may take that is waited for and then not answered. */
    private static final Duration GROUP_LIMIT = Duration.ofSeconds(10);

    private final RedisSettings settings;
    private final UnifiedJedis jedis;
    private final ScriptGroups groups = new ScriptGroups(this::send, GROUP_LIMIT);

    private RedisLink(RedisSettings settings, UnifiedJedis jedis) {
        this.settings = settings;
        this.jedis = jedis;
    }

    static RedisLink open(RedisSettings settings) {
        try {
            return new RedisLink(settings, connect(settings));
        } catch (JedisException e) {
            throw told(settings, "connect", e);
        }
    }

    private static UnifiedJedis connect(RedisSettings settings) {
        Set<HostAndPort> nodes =
                settings.nodes().stream().map(HostAndPort::from).collect(Collectors.toSet());
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(settings.maxConnections() + 1); // one listens to expiry notices
        pool.setMaxIdle(settings.maxConnections());
        pool.setMaxWait(Duration.ofSeconds(5));
        pool.setJmxEnabled(false);
        JedisClientConfig client = client(settings.user(), settings.password(), settings.tls());
        return switch (settings.mode()) {
            case STANDALONE ->
                RedisClient.builder()
                        .hostAndPort(nodes.iterator().next())
                        .clientConfig(client)
                        .poolConfig(pool)
                        .build();
            case SENTINEL ->
                RedisSentinelClient.builder()
                        .masterName(settings.sentinelMaster())
                        .sentinels(nodes)
                        .sentinelClientConfig(client("", settings.sentinelPassword(), settings.tls()))
                        .clientConfig(client)
                        .poolConfig(pool)
                        .build();
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(nodes)
                        .maxAttempts(6)
                        .maxTotalRetriesDuration(Duration.ofSeconds(8))
                        .topologyRefreshPeriod(Duration.ofSeconds(15))
                        .clientConfig(client)
                        .poolConfig(pool)
                        .build();
        };
    }

    private static JedisClientConfig client(String user, String password, boolean tls) {
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(3_000)
                .socketTimeoutMillis(5_000)
                .clientName("mimic");
        if (tls) {
            client.sslOptions(SslOptions.defaults());
        }
        if (!user.isEmpty()) {
            client.user(user);
        }
        if (!password.isEmpty()) {
            client.password(password);
        }
        return client.build();
    }

    /** Runs a script where its first key lies; sends its text only to a server that does not know it yet. */
    @Nullable
    Object run(String doing, RedisScript script, List<byte[]> keys, Arguments arguments) {
        try {
            return jedis.evalsha(script.sha(), keys, arguments.list());
        } catch (JedisNoScriptException e) {
            return call(doing, to -> to.eval(script.source(), keys, arguments.list()));
        } catch (JedisException e) {
            throw told(settings, doing, e);
        }
    }

    /**
     * Runs a script and waits on the same connection, in the same round trip, until replicas or the append-only file have it. Shares that round
     * trip with scripts of other threads, but in a Cluster, where each goes to a node of its own.
     */
    @Nullable
    Object runAndWait(String doing, RedisScript script, List<byte[]> keys, Arguments arguments) {
        boolean cluster = settings.mode() == RedisSettings.Mode.CLUSTER;
        if (cluster && settings.waitReplicas() == 0 && !settings.waitAof()) {
            return run(doing, script, keys, arguments);
        }
        ScriptCall call = new ScriptCall(script, keys, arguments);
        try {
            if (cluster) {
                send(List.of(call));
            } else {
                groups.run(call);
            }
            return call.outcome();
        } catch (JedisNoScriptException e) {
            call(doing, to -> to.scriptLoad(script.source(), keys.get(0)));
            return runAndWait(doing, script, keys, arguments);
        } catch (JedisException e) {
            throw told(settings, doing, e);
        }
    }

    /** Settles each call by its own answer; throws when the connection fails, and Redis may then have run them or not. */
    private void send(List<ScriptCall> group) {
        byte[] key = group.get(0).keys().get(0);
        List<Response<Object>> answers;
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            answers = group.stream()
                    .map(call -> pipeline.evalsha(call.script().sha(), call.keys(), call.arguments()))
                    .toList();
            Response<Long> replicas =
                    settings.waitReplicas() == 0 ? null : pipeline.waitReplicas(key, settings.waitReplicas(), WAIT_MS);
            var files = settings.waitAof() ? pipeline.waitAOF(key, 1, 0, WAIT_MS) : null;
            pipeline.sync();
            if (replicas != null && replicas.get() < settings.waitReplicas()) {
                throw new JedisException(replicas.get() + " of " + settings.waitReplicas() + " replicas had it within "
                        + WAIT_MS + " ms.");
            }
            if (files != null && files.get().getKey() < 1) {
                throw new JedisException("not in its append-only file within " + WAIT_MS + " ms.");
            }
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).settle(answers.get(i));
        }
    }

    <T extends @Nullable Object> T call(String doing, Function<UnifiedJedis, T> command) {
        try {
            return command.apply(jedis);
        } catch (JedisException e) {
            throw told(settings, doing, e);
        }
    }

    /** Sends one command for each partition at once. */
    <T> List<T> perPartition(String doing, PartitionCommand<T> command) {
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            List<Response<T>> answers = new ArrayList<>(RedisKeys.PARTITIONS);
            for (int partition = 0; partition < RedisKeys.PARTITIONS; partition++) {
                answers.add(command.send(pipeline, partition));
            }
            pipeline.sync();
            return answers.stream().map(Response::get).collect(Collectors.toCollection(ArrayList::new));
        } catch (JedisException e) {
            throw told(settings, doing, e);
        }
    }

    /** Runs a script for each partition at once; brings it to servers that do not know it, such as one that was started anew. */
    List<Object> runPerPartition(
            String doing, RedisScript script, RedisKeys keys, IntFunction<List<byte[]>> of, Arguments arguments) {
        try {
            return perPartition(
                    doing,
                    (pipeline, partition) -> pipeline.evalsha(script.sha(), of.apply(partition), arguments.list()));
        } catch (StoreException e) {
            if (!(e.getCause() instanceof JedisNoScriptException)) {
                throw e;
            }
            load(script, keys);
            return perPartition(
                    doing,
                    (pipeline, partition) -> pipeline.evalsha(script.sha(), of.apply(partition), arguments.list()));
        }
    }

    /** Puts a script where each partition lies. */
    void load(RedisScript script, RedisKeys keys) {
        perPartition(
                "load a script", (pipeline, partition) -> pipeline.scriptLoad(script.source(), keys.due(partition)));
    }

    /** Every server whose keys may expire, by a name that stays its own. */
    Map<String, Server> servers() {
        if (!(jedis instanceof RedisClusterClient cluster)) {
            return Map.of("", new Server(words -> jedis.executeCommand(command(words)), jedis::psubscribe));
        }
        Map<String, Server> servers = new HashMap<>();
        cluster.getClusterNodes()
                .forEach((name, pool) -> servers.put(
                        name,
                        new Server(
                                words -> {
                                    try (Connection connection = pool.getResource()) {
                                        return connection.executeCommand(command(words));
                                    }
                                },
                                (listener, patterns) -> {
                                    try (Connection connection = pool.getResource()) {
                                        listener.proceedWithPatterns(connection, patterns);
                                    }
                                })));
        return servers;
    }

    private static CommandArguments command(String... words) {
        CommandArguments command = new CommandArguments(Protocol.Command.valueOf(words[0]));
        for (String word : List.of(words).subList(1, words.length)) {
            command.add(word);
        }
        return command;
    }

    String describe() {
        return "redis (" + settings.mode().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }

    UnifiedJedis jedis() {
        return jedis;
    }

    static StoreException told(RedisSettings settings, String doing, JedisException cause) {
        return new StoreException("Redis at " + settings + " could not " + doing + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        jedis.close();
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** One server: what it is asked, and how to listen to it for as long as the connection holds. */
    record Server(Command command, BiConsumer<JedisPubSub, String> subscription) {}

    /** A command that has no key. */
    @FunctionalInterface
    interface Command {
        @Nullable
        Object send(String... words);
    }

    /** One command of many. */
    @FunctionalInterface
    interface PartitionCommand<T> {
        Response<T> send(AbstractPipeline pipeline, int partition);
    }
}
