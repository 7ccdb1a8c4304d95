package io.mimic.archive;

import io.mimic.buffer.Claim;
import io.mimic.buffer.SessionBuffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Renews a claim on a thread of its own, until it is closed, while something goes on that cannot say how far it has come. It stops by itself when the
 * claim is lost or after half an hour: what takes longer hangs, and another node may try.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final SessionBuffer buffer;
    private final Claim claim;
    private final long everyMs;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "mimic-archiver-lease");

    private Heartbeat(SessionBuffer buffer, Claim claim, Duration lease) {
        this.buffer = buffer;
        this.claim = claim;
        this.everyMs = Math.max(1, lease.toMillis() / 3);
        thread.setDaemon(true);
    }

    static Heartbeat start(SessionBuffer buffer, Claim claim, Duration lease) {
        Heartbeat heartbeat = new Heartbeat(buffer, claim, lease);
        heartbeat.thread.start();
        return heartbeat;
    }

    private void run() {
        long end = System.nanoTime() + LONGEST.toNanos();
        boolean held = true;
        try {
            while (held && !stop.await(everyMs, TimeUnit.MILLISECONDS)) {
                held = System.nanoTime() < end && beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean beat() {
        try {
            return buffer.renew(claim);
        } catch (RuntimeException e) {
            // Whoever works under the claim confirms it before he commits.
            LOG.log(Level.DEBUG, "A claim was not renewed; it is tried again.", e);
            return true;
        }
    }

    /** Leaves no thread. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
