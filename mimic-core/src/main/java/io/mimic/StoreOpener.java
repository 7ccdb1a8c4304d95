package io.mimic;

import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the stores on a thread of its own, again every 5 s until it has succeeded. Recording begins as soon as buffer and catalog are there: an
 * archive that is away is only missed later.
 */
final class StoreOpener {
    private static final Logger LOG = System.getLogger(StoreOpener.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Stores stores;
    private final StoreSupply supply;
    private final Runnable afterwards;
    private final Runnable later;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "mimic-opener");
    private volatile @Nullable String reason = MimicHealth.STARTING;
    private boolean begun;
    private boolean settled;
    private @Nullable String unsettled;
    private @Nullable String told;

    /**
     * @param afterwards what needs buffer and catalog; repeated when it throws {@link StoreException}
     * @param later what can wait 5 s after that, until the host has started; repeated too
     */
    StoreOpener(StoreChoice choice, Stores stores, Clock clock, Runnable afterwards, Runnable later) {
        this.stores = stores;
        this.supply = new StoreSupply(choice, stores, clock);
        this.afterwards = afterwards;
        this.later = later;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why nothing is recorded; null when recording works. */
    @Nullable
    String reason() {
        return reason;
    }

    /** Waits for the thread's end and closes what it opened. */
    void close() {
        stop.countDown();
        try {
            if (thread.isAlive()) {
                thread.join(PATIENCE.toMillis());
            }
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        stores.shut("was closed with MIMIC");
        reason = MimicHealth.CLOSED;
        if (thread.isAlive()) {
            LOG.log(Level.WARNING, "A store is still being opened; the thread mimic-opener is left to it.");
        } else {
            supply.close();
        }
    }

    private void run() {
        while (!stopping() && !attempt()) {
            pause();
            settle();
        }
        if (told != null && stores.allOpen()) {
            LOG.log(Level.INFO, "MIMIC's stores are open.");
        }
        while (!stopping() && !settled) {
            pause();
            settle();
        }
    }

    private void settle() {
        if (!begun || settled || stopping()) {
            return;
        }
        try {
            later.run();
            settled = true;
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "It is tried again every 5 s.", e); // health tells of a store that is down
        } catch (RuntimeException | LinkageError e) {
            if (!e.toString().equals(unsettled)) {
                LOG.log(Level.WARNING, "A project's first password could not be set; it is tried again every 5 s.", e);
            }
            unsettled = e.toString();
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void pause() {
        try {
            stop.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private boolean attempt() {
        try {
            supply.open(this::begin);
            return stores.allOpen();
        } catch (StoreException | IllegalStateException e) {
            notYet(Objects.requireNonNullElse(e.getMessage(), "A store cannot be opened."), e);
        } catch (RuntimeException | LinkageError e) {
            notYet("MIMIC could not start: " + e, e);
        }
        return false;
    }

    private void begin() {
        if (!begun
                && !stopping()
                && stores.buffer().isOpen()
                && stores.catalog().isOpen()) {
            afterwards.run();
            begun = true;
            reason = null;
        }
    }

    private void notYet(String because, Throwable cause) {
        if (!because.equals(told)) {
            String consequence = begun ? "MIMIC cannot archive yet: " : "MIMIC does not record: ";
            String end = because.endsWith(".") ? " " : ". ";
            LOG.log(Level.WARNING, consequence + because + end + "It is tried again every 5 s.");
            LOG.log(Level.DEBUG, "Cause", cause);
        }
        told = because;
        reason = begun ? null : because;
    }
}
