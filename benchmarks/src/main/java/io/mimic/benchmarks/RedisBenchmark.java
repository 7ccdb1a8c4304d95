package io.mimic.benchmarks;

import io.mimic.buffer.redis.RedisAppendBenchmark;
import io.mimic.buffer.redis.RedisProcesses;
import java.util.Locale;

/** The Redis buffer beside a bare jedis loop, and what a session takes in Redis. */
final class RedisBenchmark {
    private final int rounds;
    private final long roundMillis;

    RedisBenchmark(int rounds, long roundMillis) {
        this.rounds = rounds;
        this.roundMillis = roundMillis;
    }

    @SuppressWarnings("try") // an interruption ends the run anyway
    void run() throws Exception {
        try (RedisProcesses redis = RedisProcesses.none()) {
            String node = RedisProcesses.node(redis.server());
            for (int bytes : new int[] {3_000, 54_000}) {
                System.out.printf(Locale.ROOT, "%n### Redis buffer, batches of %,d bytes%n%n", bytes);
                RedisAppendBenchmark load = new RedisAppendBenchmark(node, bytes, roundMillis);
                System.out.println(new Comparison("appends/s")
                        .variant("bare jedis loop, same commands", load::bareLoop)
                        .variant("MIMIC, Redis buffer", load::throughBuffer)
                        .run(rounds));
                System.out.println(load.bytesPerSession(bytes > 10_000 ? 200 : 2_000));
            }
        }
    }
}
