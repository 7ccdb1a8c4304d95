package io.mimic.faults;

import java.time.Duration;

/** Waits for what is to come, never without end. */
final class Wait {
    private static final long POLL_MS = 50;

    private Wait() {}

    /** @throws FaultException saying what did not happen */
    static void until(String what, Duration atMost, Condition condition) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new FaultException("within " + atMost.toSeconds() + " s it did not come about that " + what);
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }
}
