package io.mimic.archive;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One daemon thread that repeats a step and waits between two of them as long as the step says. */
final class BackgroundLoop {
    private static final Logger LOG = System.getLogger(BackgroundLoop.class.getName());
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Semaphore signals = new Semaphore(0);
    private final Supplier<Duration> step;
    private final Thread thread;
    private volatile boolean stopping;

    BackgroundLoop(String name, Supplier<Duration> step) {
        this.step = step;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether it shall come to its end. */
    boolean stopping() {
        return stopping;
    }

    /** Ends the wait before the next step, though not at once: many such calls shall not make many steps. */
    void wake() {
        if (signals.availablePermits() == 0) {
            signals.release();
        }
    }

    /** Asks it to end and waits for that; interrupts it when {@code patience} is over. */
    void stop(Duration patience) {
        stopping = true;
        signals.release();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(patience.toMillis());
            if (thread.isAlive()) {
                LOG.log(Level.WARNING, thread.getName() + " is interrupted: it has not ended within " + patience + ".");
                thread.interrupt();
                thread.join(patience.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping()) {
                long pause = once().toMillis();
                if (!stopping && signals.tryAcquire(pause, TimeUnit.MILLISECONDS) && !stopping) {
                    TimeUnit.MILLISECONDS.sleep(Math.min(pause, SHORTEST_WAIT.toMillis()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration once() {
        try {
            return step.get();
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            // The thread must outlive what it could not foresee: nothing would be archived any more.
            LOG.log(Level.ERROR, thread.getName() + " failed and goes on.", e);
            return AFTER_FAILURE;
        }
    }
}
