package io.mimic.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Logs once that something is refused and once that it works again, not each time that it was. Thread-safe. */
public final class RefusalLog {
    private static final Logger LOG = System.getLogger(RefusalLog.class.getName());

    private final String begins;
    private final String ends;
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param begins what is said with the reason behind it
     * @param ends what is said before how many were refused
     */
    public RefusalLog(String begins, String ends) {
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
