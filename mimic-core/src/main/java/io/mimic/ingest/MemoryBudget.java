package io.mimic.ingest;

import io.mimic.metric.Rejection;
import java.util.concurrent.Semaphore;

/** Memory that all batches share while they are read, so that a flood of them cannot take the host's heap. Thread-safe. */
final class MemoryBudget {
    private static final int UNIT = 64 * 1024;

    private final int total;
    private final Semaphore free;

    MemoryBudget(long bytes) {
        total = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
        free = new Semaphore(total);
    }

    Share open() {
        return new Share();
    }

    /** What one batch holds of it. Not thread-safe. */
    final class Share implements AutoCloseable {
        private long bytes;
        private int units;

        private Share() {}

        void take(long more) throws Refusal {
            bytes += more;
            long needed = (bytes + UNIT - 1) / UNIT;
            if (needed > total) {
                throw Refusal.tooLarge("The batch needs more memory than this host gives to ingest.");
            }
            int missing = (int) needed - units;
            if (missing > 0) {
                if (!free.tryAcquire(missing)) {
                    throw Refusal.unavailable(
                            Rejection.BUSY, "Other batches take all memory of ingest at this moment.", 2);
                }
                units += missing;
            }
        }

        void giveBack(long less) {
            bytes -= less;
        }

        @Override
        public void close() {
            free.release(units);
            units = 0;
        }
    }
}
