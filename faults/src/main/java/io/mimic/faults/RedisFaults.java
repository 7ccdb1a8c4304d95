package io.mimic.faults;

import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.buffer.redis.RedisProcesses.Sentinels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What happens to Redis, and what it is asked for and cannot do. */
final class RedisFaults {
    static final List<FaultCase> CASES = List.of(
            new FaultCase("redis-restarted", false, NodeFaults::nodesOnRedis, RedisFaults::restarted),
            new FaultCase("redis-failover", false, RedisFaults::sentinels, RedisFaults::failover),
            new FaultCase("replica-waited-for", false, RedisFaults::replica, RedisFaults::waited),
            new FaultCase("notices-off", false, RedisFaults::noNotices, RedisFaults::withoutNotices),
            new FaultCase("waitaof-refused", false, RedisFaults::oneAsksForWaitAof, RedisFaults::refused),
            new FaultCase("redis-without-persistence", true, RedisFaults::forgetful, RedisFaults::restarted),
            RedisEviction.CASE);

    private RedisFaults() {}

    private static void restarted(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        int port = running.setting().redisPort();
        ProcessHandle server = stage.redis().handle(port);
        stage.redis().kill(port);
        if (server.isAlive() || PostgresqlFaults.connects(port)) {
            throw new FaultException("Redis was killed and is still there");
        }
        int before = stage.ledger().repeats("503");
        Wait.until(
                "batches are answered with 503",
                Duration.ofMinutes(2),
                () -> stage.ledger().repeats("503") > before);
        stage.redis().restart(port);
        running.proof("Redis (pid " + server.pid() + ") was killed by signal 9 and its port refused connections; "
                + (stage.ledger().repeats("503") - before) + " batches were answered with 503; back as pid "
                + stage.redis().handle(port).pid() + " with appendonly " + configured(port, "appendonly")
                + ", appendfsync " + configured(port, "appendfsync"));
        running.more(100);
    }

    private static String configured(int port, String name) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return String.valueOf(jedis.configGet(name).get(name));
        }
    }

    private static void sentinels(FaultCase.Setting setting) throws Exception {
        Sentinels sentinels = setting.stage().redis().sentinels();
        setting.redisPort(sentinels.masterPort());
        Map<String, String> settings = setting.stage().settings();
        settings.put("mimic.buffer", "redis");
        settings.put("mimic.redis.mode", "sentinel");
        settings.put("mimic.redis.nodes", String.join(",", sentinels.nodes()));
        settings.put("mimic.redis.sentinel-master", "shop");
        settings.put("mimic.redis.wait-replicas", "1");
        NodeFaults.start(setting);
    }

    private static void failover(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        String sentinel = stage.setting("mimic.redis.nodes").split(",", -1)[0];
        int before = master(sentinel);
        ProcessHandle server = stage.redis().handle(before);
        stage.redis().kill(before);
        Wait.until("the Sentinels name another master", Duration.ofMinutes(2), () -> master(sentinel) != before);
        int after = master(sentinel);
        stage.redis().restart(before);
        // Sentinels that a busy machine holds up may make the old master one again
        Wait.until(
                "one of both is master, and the other its replica",
                Duration.ofMinutes(4),
                () -> isReplica(master(sentinel) == before ? after : before));
        running.setting().redisPort(master(sentinel));
        running.proof("the master on port " + before + " (pid " + server.pid()
                + ") was killed by signal 9; the Sentinels made the replica on port " + after
                + " master; the old one came back (wait-replicas=1); master now: " + master(sentinel));
        running.more(100);
    }

    private static boolean isReplica(int port) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            String replication = jedis.info("replication");
            return replication.contains("role:slave") && replication.contains("master_link_status:up");
        }
    }

    private static int master(String sentinel) {
        String[] parts = sentinel.split(":", 2);
        try (Jedis jedis = new Jedis(parts[0], Integer.parseInt(parts[1]))) {
            return Integer.parseInt(jedis.sentinelGetMasterAddrByName("shop").get(1));
        }
    }

    private static void replica(FaultCase.Setting setting) throws Exception {
        Stage stage = setting.stage();
        setting.redisPort(stage.useRedis());
        int replica = stage.redis().server("--replicaof", "127.0.0.1 " + setting.redisPort());
        RedisProcesses.awaitTrue(
                RedisProcesses.node(replica), jedis -> jedis.info("replication").contains("master_link_status:up"));
        stage.settings().put("mimic.redis.wait-replicas", "1");
        stage.settings().put("faults.replica", String.valueOf(replica));
        NodeFaults.start(setting);
    }

    private static void waited(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        ProcessHandle replica = stage.redis().handle(Integer.parseInt(stage.setting("faults.replica")));
        signal(replica, "STOP");
        int refusedBefore = stage.ledger().repeats("503");
        Wait.until(
                "batches are answered with 503 for want of a replica",
                Duration.ofMinutes(2),
                () -> stage.ledger().repeats("503") > refusedBefore + 5);
        int acknowledged = stage.ledger().size();
        int refused = stage.ledger().repeats("503");
        Wait.until(
                "more batches are answered with 503",
                Duration.ofMinutes(2),
                () -> stage.ledger().repeats("503") > refused + 10);
        int meanwhile = stage.ledger().size() - acknowledged;
        signal(replica, "CONT");
        if (meanwhile > 0) {
            throw new FaultException(meanwhile + " batches were acknowledged that the frozen replica cannot have had");
        }
        running.proof("the replica (pid " + replica.pid() + ") was frozen: "
                + (stage.ledger().repeats("503") - refusedBefore)
                + " batches were answered with 503 and none acknowledged until it was woken");
        running.more(100);
    }

    private static void signal(ProcessHandle process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static void noNotices(FaultCase.Setting setting) throws Exception {
        setting.redisPort(setting.stage()
                .useRedis(
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--notify-keyspace-events",
                        "",
                        "--rename-command",
                        "CONFIG",
                        ""));
        NodeFaults.start(setting);
    }

    private static void withoutNotices(FaultCase.Running running) throws Exception {
        try (Jedis jedis = new Jedis("127.0.0.1", running.setting().redisPort())) {
            jedis.configGet("notify-keyspace-events");
            throw new FaultException("Redis lets its configuration be read, so it could be switched on");
        } catch (JedisDataException e) {
            running.proof("notify-keyspace-events is empty, and Redis refuses to change it: " + e.getMessage());
        }
        running.more(300);
    }

    private static void oneAsksForWaitAof(FaultCase.Setting setting) throws Exception {
        Stage stage = setting.stage();
        setting.redisPort(stage.useRedis("--appendonly", "yes", "--appendfsync", "always"));
        stage.startNode(Map.of(), Duration.ZERO);
        stage.startNode(Map.of(), Duration.ZERO);
        stage.startNode(Map.of("mimic.redis.wait-aof", "true"), Duration.ZERO);
        setting.quietNode(2);
    }

    private static void refused(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        NodeProcess node = stage.node(2);
        String version = version(running.setting().redisPort());
        if (Double.parseDouble(version) >= 7.2) {
            Wait.until(node + " records with WAITAOF", Duration.ofMinutes(2), () -> Stage.recording(node));
            running.proof("this Redis is " + version + " and knows WAITAOF: " + node + " waits for it and records");
        } else {
            String reason = "Look at mimic.redis.wait-aof.";
            Wait.until(
                    node + " says why it does not record",
                    Duration.ofMinutes(2),
                    () -> Stage.health(node).contains(reason));
            if (Stage.recording(node)) {
                throw new FaultException(node + " records although Redis " + version + " has no WAITAOF");
            }
            running.proof(node + " was refused WAITAOF by Redis " + version + " and says in its health \"" + reason
                    + "\"; it serves its host, and answers batches with 503, which go to the others");
        }
        running.more(300);
    }

    private static String version(int port) throws FaultException {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return jedis.info("server").replaceAll("(?s).*redis_version:(\\d+\\.\\d+).*", "$1");
        } catch (JedisException e) {
            throw new FaultException("Redis does not tell its version: " + e.getMessage());
        }
    }

    private static void forgetful(FaultCase.Setting setting) throws Exception {
        setting.redisPort(setting.stage().useRedis("--appendonly", "no"));
        NodeFaults.start(setting);
    }
}
