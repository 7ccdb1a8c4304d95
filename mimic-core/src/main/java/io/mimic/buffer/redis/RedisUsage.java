package io.mimic.buffer.redis;

import io.mimic.buffer.BufferUsage;
import io.mimic.buffer.SessionBounds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts what the partitions hold, and knows when that is too much. */
final class RedisUsage {
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final RedisLink link;
    private final RedisKeys keys;
    private final LongSupplier shift;
    private final long idleMs;
    private final long maxBytes;
    private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private volatile long storedBytes;

    RedisUsage(RedisLink link, RedisKeys keys, SessionBounds bounds, LongSupplier shift, long maxBytes) {
        this.link = link;
        this.keys = keys;
        this.shift = shift;
        this.idleMs = bounds.timeout().plus(bounds.grace()).toMillis();
        this.maxBytes = maxBytes;
    }

    /** Whether no new session may begin; counted at most every 2 s, by one thread. */
    boolean full() {
        if (maxBytes == 0) {
            return false;
        }
        long before = askedAt.get();
        long now = System.nanoTime();
        if (now - before >= PAUSE_NANOS && askedAt.compareAndSet(before, now)) {
            now();
        }
        return storedBytes >= maxBytes;
    }

    BufferUsage now() {
        List<Object> answers = link.runPerPartition(
                "count active sessions",
                RedisScript.USAGE,
                keys,
                partition -> List.of(keys.seen(partition), keys.sums(partition)),
                new Arguments().add(shift.getAsLong()).add(idleMs));
        long active = 0;
        long waiting = 0;
        long raw = 0;
        long stored = 0;
        long oldest = Long.MAX_VALUE;
        for (Object answer : answers) {
            Reply reply = Reply.of(answer);
            if (reply != null) {
                active += reply.number(0);
                waiting += reply.number(1);
                raw += reply.number(2);
                stored += reply.number(3);
                oldest = reply.number(1) > 0 ? Math.min(oldest, (long) Double.parseDouble(reply.text(4))) : oldest;
            }
        }
        storedBytes = stored;
        return new BufferUsage(active, waiting, raw, waiting > 0 ? oldest + idleMs : 0);
    }
}
