package io.mimic.faults;

import com.fasterxml.jackson.jr.ob.JSON;
import java.time.Duration;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** A Redis that throws away what it holds for want of memory, which is what {@code maxmemory-policy allkeys-lru} allows it. */
final class RedisEviction {
    static final FaultCase CASE =
            new FaultCase("redis-evicting", true, RedisEviction::evictingRedis, RedisEviction::evicted);
    private static final int TIMES = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RedisEviction() {}

    private static void evictingRedis(FaultCase.Setting setting) throws Exception {
        setting.redisPort(setting.stage().useRedis("--appendonly", "no", "--maxmemory-policy", "allkeys-lru"));
        NodeFaults.start(setting);
    }

    private static void evicted(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        int port = running.setting().redisPort();
        int refused = stage.ledger().repeats("503");
        long keys = 0;
        try (Jedis redis = new Jedis("127.0.0.1", port)) {
            for (int i = 0; i < TIMES; i++) {
                keys += takeMemory(redis);
                running.more(60);
            }
        }
        Wait.until("the nodes count the lost batches", PATIENCE, () -> countedAsLost(stage) > 0);
        running.proof("Redis (pid " + stage.redis().handle(port).pid()
                + ", maxmemory-policy allkeys-lru) was left without memory " + TIMES + " times: it evicted all of its "
                + keys + " keys, and " + (stage.ledger().repeats("503") - refused)
                + " batches were answered with 503; the nodes' metric mimic.batches.lost says "
                + countedAsLost(stage) + " so far");
        running.more(60);
    }

    /** Until nothing is left. @return how many keys that were */
    private static long takeMemory(Jedis redis) throws Exception {
        long before = evictedKeys(redis);
        redis.configSet("maxmemory", "1");
        Wait.until("Redis evicts everything", PATIENCE, () -> {
            refuses(redis);
            return redis.dbSize() == 0;
        });
        redis.configSet("maxmemory", "0");
        long evicted = evictedKeys(redis) - before;
        if (evicted == 0) {
            throw new FaultException("Redis held nothing that it could have evicted");
        }
        return evicted;
    }

    /** Redis evicts when a command comes that needs memory. */
    private static void refuses(Jedis redis) throws FaultException {
        try {
            redis.set("faults", "one more");
        } catch (JedisDataException e) {
            if (!String.valueOf(e.getMessage()).contains("OOM")) {
                throw new FaultException("Redis refused a key, but not for want of memory: " + e.getMessage());
            }
        }
    }

    private static long evictedKeys(Jedis redis) {
        return Long.parseLong(redis.info("stats").replaceAll("(?s).*evicted_keys:(\\d+).*", "$1"));
    }

    private static long countedAsLost(Stage stage) throws Exception {
        long lost = 0;
        for (NodeProcess node : stage.nodes()) {
            String health = Stage.health(node);
            if (!health.isEmpty()
                    && JSON.std.mapFrom(health).get("losses") instanceof Map<?, ?> losses
                    && losses.get("lostBatches") instanceof Number batches) {
                lost += batches.longValue();
            }
        }
        return lost;
    }
}
