package io.mimic.archive;

import io.mimic.buffer.BufferUsage;
import io.mimic.buffer.SessionBuffer;
import io.mimic.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the buffer now and then what it holds. One thread asks, any may read. */
final class BufferWatch {
    private static final long PAUSE = Duration.ofSeconds(5).toNanos();

    private final SessionBuffer buffer;
    private long askedAt = System.nanoTime() - PAUSE;
    private volatile @Nullable BufferUsage last;

    BufferWatch(SessionBuffer buffer) {
        this.buffer = buffer;
    }

    /** Asks at most every 5 s. */
    void look() {
        long now = System.nanoTime();
        if (now - askedAt < PAUSE) {
            return;
        }
        askedAt = now;
        try {
            last = buffer.usage();
        } catch (StoreException e) {
            // whoever wants something of the buffer will tell
            last = null;
        }
    }

    /** What the buffer said last; empty when it could not. */
    Optional<BufferUsage> last() {
        return Optional.ofNullable(last);
    }
}
