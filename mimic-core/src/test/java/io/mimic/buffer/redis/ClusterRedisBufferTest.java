package io.mimic.buffer.redis;

import io.mimic.buffer.SessionBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

    @Test
    void noticesAreListenedToAtEveryMaster() throws Exception {
        try (SessionBuffer buffer = open(SHORT)) {
            buffer.onDue(() -> {});
            for (String node : nodes) {
                RedisProcesses.awaitTrue(
                        node, jedis -> jedis.clientList().lines().anyMatch(client -> client.contains(" psub=1 ")));
            }
        }
    }

    @Override
    protected RedisSettings settings(String prefix) {
        return new RedisSettings(RedisSettings.Mode.CLUSTER, nodes, "", "", "", "", false, prefix, 16, 0, 0, false);
    }
}
