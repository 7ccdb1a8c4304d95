package io.mimic.ingest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Logs that a store is down once when that begins and once when it is over, not for each batch. Thread-safe. */
final class Outage {
    private static final Logger LOG = System.getLogger(Outage.class.getName());

    private final AtomicLong refused = new AtomicLong();

    void failed(@Nullable String reason) {
        if (refused.getAndIncrement() == 0) {
            LOG.log(Level.WARNING, "Batches are refused until the store is back: " + reason);
        }
    }

    void worked() {
        if (refused.get() > 0) {
            long count = refused.getAndSet(0);
            if (count > 0) {
                LOG.log(
                        Level.INFO,
                        "Batches are taken again; " + count + " were refused meanwhile and will be sent again.");
            }
        }
    }
}
