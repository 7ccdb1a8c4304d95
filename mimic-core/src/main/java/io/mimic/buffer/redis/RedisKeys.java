package io.mimic.buffer.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * Every key that MIMIC has in Redis. All of one session lie in one of 256 partitions, named by a tag that keeps them in one slot of a
 * Cluster.
 */
final class RedisKeys {
    static final int PARTITIONS = 256;

    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    static int partition(UUID session) {
        return (int) (session.getLeastSignificantBits() & 0xff);
    }

    /** A session's name in the indexes. */
    static String member(String project, UUID session) {
        return project + "/" + session;
    }

    /** Which session a page's batches go to. */
    byte[] page(String project, String page) {
        return key(Math.floorMod(page.hashCode(), PARTITIONS), "page:" + project + ":" + page);
    }

    /** A session's batches and what is known of it. */
    byte[] events(String project, UUID session) {
        return key(partition(session), "events:" + project + ":" + session);
    }

    /** Expires when a session ends. */
    byte[] alive(String project, UUID session) {
        return key(partition(session), "alive:" + project + ":" + session);
    }

    /** Whether it is the name of a key that {@link #alive} makes. */
    boolean isAlive(String key) {
        return key.startsWith(prefix + "{") && key.startsWith("}:alive:", key.indexOf('}'));
    }

    /** Sessions by the time at which they may be claimed. */
    byte[] due(int partition) {
        return key(partition, "due");
    }

    /** Open sessions by the time of their last batch. */
    byte[] seen(int partition) {
        return key(partition, "seen");
    }

    /** Ended sessions by the time of their last batch. */
    byte[] old(int partition) {
        return key(partition, "old");
    }

    /** Bytes of the partition. */
    byte[] sums(int partition) {
        return key(partition, "sums");
    }

    private byte[] key(int partition, String rest) {
        return (prefix + "{" + partition + "}:" + rest).getBytes(UTF_8);
    }
}
