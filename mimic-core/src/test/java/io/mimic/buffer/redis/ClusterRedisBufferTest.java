package io.mimic.buffer.redis;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("servers")
class ClusterRedisBufferTest extends RedisBufferContract {
    private static RedisProcesses processes;
    private static List<String> nodes;

    @BeforeAll
    static void startCluster() throws Exception {
        processes = RedisProcesses.none();
        nodes = processes.cluster();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        processes.close();
    }

    @Override
    protected RedisSettings settings(String prefix) {
        return new RedisSettings(RedisSettings.Mode.CLUSTER, nodes, "", "", "", "", false, prefix, 16, 0, 0, false);
    }
}
