package io.mimic;

import io.mimic.embedded.EmbeddedStores;
import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the stores on a thread of its own, again every 5 s until it has succeeded, and then does what must come after that. One store that is
 * not there does not keep the others shut.
 */
final class StoreOpener {
    private static final Logger LOG = System.getLogger(StoreOpener.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StoreChoice choice;
    private final Stores stores;
    private final Clock clock;
    private final Runnable afterwards;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "mimic-opener");
    private volatile @Nullable String reason = "MIMIC is starting.";

    /** @param afterwards what needs open stores; repeated when it throws {@link StoreException} */
    StoreOpener(StoreChoice choice, Stores stores, Clock clock, Runnable afterwards) {
        this.choice = choice;
        this.stores = stores;
        this.clock = clock;
        this.afterwards = afterwards;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why not everything is open; null when it is. */
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
        synchronized (opened) {
            while (!opened.isEmpty()) {
                closeOne(opened.pop());
            }
        }
    }

    private void run() {
        try {
            boolean told = false;
            while (stop.getCount() > 0 && !attempt()) {
                told = true;
                if (stop.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            if (told && reason == null) {
                LOG.log(Level.INFO, "MIMIC records now.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() {
        try {
            openAll();
            afterwards.run();
            reason = null;
            return true;
        } catch (StoreException | IllegalStateException e) {
            notYet(Objects.requireNonNullElse(e.getMessage(), "A store cannot be opened."), e);
        } catch (RuntimeException | LinkageError e) {
            notYet("MIMIC could not start: " + e, e);
        }
        return false;
    }

    private void notYet(String because, Throwable cause) {
        if (!because.equals(reason)) {
            LOG.log(Level.WARNING, "MIMIC does not record: " + because + " It is tried again every 5 s.");
            LOG.log(Level.DEBUG, "Cause", cause);
        }
        reason = because;
    }

    private void openAll() {
        if (stores.allOpen()) {
            return;
        }
        if (choice.buffer() != null) {
            stores.buffer().open(choice.buffer());
        }
        if (choice.archive() != null) {
            stores.archive().open(choice.archive());
        }
        if (choice.catalog() != null) {
            stores.catalog().open(choice.catalog());
        }
        openEmbedded();
    }

    private void openEmbedded() {
        boolean open = (stores.buffer().isOpen() || !choice.embeddedBuffer())
                && (stores.archive().isOpen() || !choice.embeddedArchive())
                && (stores.catalog().isOpen() || !choice.embeddedCatalog());
        if (open) {
            return;
        }
        EmbeddedStores embedded = keep(EmbeddedStores.open(choice.folder(), choice.bounds(), clock));
        if (choice.embeddedBuffer()) {
            stores.buffer().open(embedded.buffer());
        }
        if (choice.embeddedArchive()) {
            stores.archive().open(embedded.archive());
        }
        if (choice.embeddedCatalog()) {
            stores.catalog().open(embedded.catalog());
        }
    }

    private <T extends AutoCloseable> T keep(T store) {
        synchronized (opened) {
            opened.push(store);
        }
        return store;
    }

    private static void closeOne(AutoCloseable store) {
        try {
            store.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "A store could not be closed cleanly.", e);
        }
    }
}
