package io.mimic.archive;

import java.time.Duration;

/** What of a browser's wrong clock is corrected on reading. */
public final class ClockSkew {
    private static final long TOLERATED = Duration.ofMinutes(5).toMillis();
    private static final long STEP = Duration.ofMinutes(1).toMillis();

    private ClockSkew() {}

    /**
     * What is to be subtracted from a page's times, ms: nothing up to 5 minutes; beyond that whole minutes, so that the latency
     * with which the skew was measured cannot bring two pages out of order.
     *
     * @param skewMs browser's clock minus server's, as measured
     */
    public static long correction(long skewMs) {
        return Math.abs(skewMs) <= TOLERATED ? 0 : Math.round((double) skewMs / STEP) * STEP;
    }
}
