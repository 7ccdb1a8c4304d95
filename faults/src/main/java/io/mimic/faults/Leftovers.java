package io.mimic.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** What must not be left in the stores once every session has ended. */
final class Leftovers {
    private static final Duration SETTLING = Duration.ofMinutes(4);

    private Leftovers() {}

    /** Waits until the buffer is empty and, unless it lost sessions, the catalog has no active one. */
    static void awaitNone(Stage stage, int redisPort, boolean losses) throws Exception {
        Wait.until("the buffer is empty", SETTLING, () -> buffered(stage, redisPort) == 0);
        if (!losses) {
            Wait.until("every session has ended", SETTLING, () -> active(stage) == 0);
        }
    }

    static long active(Stage stage) throws Exception {
        return Sql.number(stage, "SELECT count(*) FROM mimic_session WHERE active = 1");
    }

    /** Batches that are not archived, and sessions that wait for that. */
    private static long buffered(Stage stage, int redisPort) throws Exception {
        if (redisPort == 0) {
            return Sql.number(
                    stage,
                    "SELECT (SELECT count(*) FROM mimic_chunk)"
                            + " + (SELECT count(*) FROM mimic_open_session WHERE due_at IS NOT NULL)");
        }
        try (Jedis jedis = new Jedis("127.0.0.1", redisPort)) {
            long waiting = 0;
            for (String key : keys(jedis)) {
                if (key.endsWith(":due") || key.endsWith(":seen")) {
                    waiting += jedis.zcard(key);
                } else if (key.endsWith(":sums")) {
                    waiting += jedis.hgetAll(key).values().stream()
                            .mapToLong(Long::parseLong)
                            .sum();
                }
            }
            return waiting;
        }
    }

    /** @throws FaultException when Redis has a batch, or a key that would stay for ever */
    static void checkRedis(int port) throws FaultException {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            List<String> wrong = new ArrayList<>();
            for (String key : keys(jedis)) {
                if (key.contains(":alive:")) {
                    wrong.add(key);
                } else if (key.contains(":events:") || key.contains(":page:")) {
                    if (jedis.pttl(key) < 0 || holdsBatch(jedis, key)) {
                        wrong.add(key);
                    }
                } else if (!key.matches(".*:(due|seen|old|sums)")) {
                    wrong.add(key);
                }
            }
            if (!wrong.isEmpty()) {
                throw new FaultException("Redis is left with " + wrong);
            }
        }
    }

    private static boolean holdsBatch(Jedis jedis, String key) {
        if (!key.contains(":events:")) {
            return false;
        }
        Map<String, String> fields = jedis.hgetAll(key);
        return fields.keySet().stream().anyMatch(field -> field.matches("[0-9a-f]{32}:\\d+"));
    }

    private static List<String> keys(Jedis jedis) {
        List<String> keys = new ArrayList<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page =
                    jedis.scan(cursor, new ScanParams().match("mimic:*").count(1000));
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys;
    }
}
