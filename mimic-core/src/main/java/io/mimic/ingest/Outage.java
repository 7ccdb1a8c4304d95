package io.mimic.ingest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Logs that a store is down once when that begins and once when it is over, not for each request. Thread-safe. */
public final class Outage {
    private static final Logger LOG = System.getLogger(Outage.class.getName());

    private final String begins;
    private final String ends;
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param begins what is said with the reason behind it
     * @param ends what is said before how many were refused
     */
    public Outage(String begins, String ends) {
        this.begins = begins;
        this.ends = ends;
    }

    /** One more was refused; {@code reason} is logged when it is the first. */
    public void failed(@Nullable String reason) {
        if (refused.getAndIncrement() == 0) {
            LOG.log(Level.WARNING, begins + ": " + reason);
        }
    }

    /** One was answered. */
    public void worked() {
        if (refused.get() > 0) {
            long count = refused.getAndSet(0);
            if (count > 0) {
                LOG.log(Level.INFO, ends + "; refused meanwhile: " + count + ".");
            }
        }
    }
}
