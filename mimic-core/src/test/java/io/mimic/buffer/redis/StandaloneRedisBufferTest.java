package io.mimic.buffer.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("servers")
class StandaloneRedisBufferTest extends RedisBufferContract {
    private static RedisProcesses processes;
    private static String node;

    @BeforeAll
    static void startServer() throws Exception {
        processes = RedisProcesses.none();
        String named = System.getenv("MIMIC_TEST_REDIS");
        node = named == null
                ? RedisProcesses.node(processes.server("--appendonly", "yes", "--appendfsync", "always"))
                : named;
    }

    @AfterAll
    static void stopServer() throws Exception {
        processes.close();
    }

    @Override
    protected RedisSettings settings(String prefix) {
        return RedisSettings.standalone(node, prefix);
    }
}
