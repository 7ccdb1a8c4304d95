package io.mimic.archive;

import io.mimic.archive.Archiver.StoppedException;
import io.mimic.archive.SegmentMove.LeaseLostException;
import io.mimic.buffer.Claim;
import io.mimic.buffer.SessionBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Keeps a claim while its work goes on. */
final class Lease {
    /** Once MIMIC is being closed, what is at hand may still be finished for so long. */
    private static final Duration LAST_WORK = Duration.ofSeconds(8);

    private final SessionBuffer buffer;
    private final Claim claim;
    private final Duration lease;
    private final Clock clock;
    private final BooleanSupplier stopping;
    private long renewedAt;
    private long stopSeenAt = Long.MAX_VALUE;

    Lease(SessionBuffer buffer, Claim claim, Duration lease, Clock clock, BooleanSupplier stopping) {
        this.buffer = buffer;
        this.claim = claim;
        this.lease = lease;
        this.clock = clock;
        this.stopping = stopping;
        this.renewedAt = clock.millis();
    }

    /**
     * To be called again and again while the work goes on; renews when a third of the lease is over.
     *
     * @throws LeaseLostException when another node has the claim
     * @throws StoppedException when there is no time left
     */
    void keep() {
        long now = clock.millis();
        if (stopping.getAsBoolean()) {
            stopSeenAt = Math.min(stopSeenAt, now);
            if (now - stopSeenAt > LAST_WORK.toMillis()) {
                throw new StoppedException();
            }
        }
        if (Math.abs(now - renewedAt) > lease.toMillis() / 3) {
            confirm();
        }
    }

    /** Does something that may take longer than the lease and cannot call {@link #keep}. To be confirmed afterwards. */
    void during(Runnable work) {
        Heartbeat heartbeat = Heartbeat.start(buffer, claim, lease);
        try {
            work.run();
        } finally {
            heartbeat.close();
        }
    }

    /** Renews now. @throws LeaseLostException when another node has the claim */
    void confirm() {
        if (!buffer.renew(claim)) {
            throw new LeaseLostException();
        }
        renewedAt = clock.millis();
    }
}
