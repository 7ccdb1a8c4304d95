package io.mimic.jdbc;

import java.time.Duration;

/**
 * What may wait to be written.
 *
 * @param waiting number of writes
 * @param waitingBytes bytes of all of them; a single larger one is let in when nothing else waits
 * @param patience a caller waits at most this long for its commit
 */
record WriteBounds(int waiting, long waitingBytes, Duration patience) {
    static final WriteBounds USUAL = new WriteBounds(2048, 96L << 20, Duration.ofSeconds(10));
}
