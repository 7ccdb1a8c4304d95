package io.mimic.buffer.redis;

import java.util.List;

/**
 * Where the Redis is and how it is used.
 *
 * @param mode how its nodes hang together
 * @param nodes {@code host:port}: the one server, the Sentinels, or some nodes of the Cluster
 * @param sentinelMaster name of the master that the Sentinels watch; empty in the other modes
 * @param user ACL user; empty: the default user
 * @param password empty: none
 * @param sentinelPassword password of the Sentinels themselves; empty: none
 * @param tls whether connections are encrypted; certificates are checked against the JVM's trust store
 * @param prefix begins every key
 * @param maxConnections connections of this node to each server
 * @param maxBytes stored bytes after which no new session begins; 0: no ceiling
 * @param waitReplicas replicas that must have a batch before it is acknowledged
 * @param waitAof whether the append-only file must have it too (Redis 7.2 or later)
 */
public record RedisSettings(
        Mode mode,
        List<String> nodes,
        String sentinelMaster,
        String user,
        String password,
        String sentinelPassword,
        boolean tls,
        String prefix,
        int maxConnections,
        long maxBytes,
        int waitReplicas,
        boolean waitAof) {
    public RedisSettings {
        nodes = List.copyOf(nodes);
    }

    /** A stand-alone server with nothing special. */
    public static RedisSettings standalone(String node, String prefix) {
        return new RedisSettings(Mode.STANDALONE, List.of(node), "", "", "", "", false, prefix, 16, 0, 0, false);
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
        return String.join(",", nodes);
    }

    /** How the nodes hang together. */
    public enum Mode {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }
}
