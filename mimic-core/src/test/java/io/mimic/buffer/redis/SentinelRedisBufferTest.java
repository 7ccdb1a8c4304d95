package io.mimic.buffer.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** With a replica waited for before a batch is acknowledged. */
@Tag("servers")
class SentinelRedisBufferTest extends RedisBufferContract {
    private static RedisProcesses processes;
    private static RedisProcesses.Sentinels sentinels;

    @BeforeAll
    static void startServers() throws Exception {
        processes = RedisProcesses.none();
        sentinels = processes.sentinels();
    }

    @AfterAll
    static void stopServers() throws Exception {
        processes.close();
    }

    @Override
    protected RedisSettings settings(String prefix) {
        return new RedisSettings(
                RedisSettings.Mode.SENTINEL, sentinels.nodes(), "shop", "", "", "", false, prefix, 16, 0, 1, false);
    }
}
