package io.mimic.buffer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.buffer.Append;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.SessionBuffer;
import io.mimic.store.StoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What a failover does to what is heard of keys that expire; that no batch is lost by one is {@code bin/faults redis-failover}. */
@Tag("servers")
class SentinelFailoverTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void noticesOfTheNewMasterAreHeard() throws Exception {
        try (RedisProcesses processes = RedisProcesses.none()) {
            RedisProcesses.Sentinels sentinels = processes.sentinels();
            RedisSettings settings = new RedisSettings(
                    RedisSettings.Mode.SENTINEL,
                    sentinels.nodes(),
                    "shop",
                    "",
                    "",
                    "",
                    false,
                    "mimic:",
                    4,
                    0,
                    0,
                    false);
            AtomicInteger told = new AtomicInteger();
            try (SessionBuffer buffer = RedisSessionBuffer.open(settings, RedisBufferContract.SHORT)) {
                buffer.onDue(told::incrementAndGet);
                awaitNotice(buffer, told);

                processes.kill(sentinels.masterPort());
                await().atMost(LONG).until(() -> master(sentinels) == sentinels.replicaPort());
                awaitNotice(buffer, told);
            }
        }
    }

    /** Ends one session after the other, since a notice is sent once and the subscription is not there at once. */
    private static void awaitNotice(SessionBuffer buffer, AtomicInteger told) {
        int before = told.get();
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).until(() -> {
            try {
                buffer.append(new Append("shop", Chunks.chunk(Chunks.page(), 0), null, Chunks.freshId(), null));
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("Redis"); // not everybody has heard of the new master yet
            }
            return told.get() > before;
        });
    }

    private static int master(RedisProcesses.Sentinels sentinels) {
        String[] sentinel = sentinels.nodes().get(0).split(":", 2);
        try (Jedis jedis = new Jedis(sentinel[0], Integer.parseInt(sentinel[1]))) {
            return Integer.parseInt(jedis.sentinelGetMasterAddrByName("shop").get(1));
        }
    }
}
