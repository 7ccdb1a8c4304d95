package io.mimic.archive;

import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionRow;
import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is past its time, in small steps on a background thread: forgotten buffer rows on every node; old sessions, those of ended projects, and
 * orphan objects on one node at a time. Thread-safe.
 */
public final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Housekeeper.class.getName());
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofHours(1);
    private static final int SESSIONS_A_STEP = 20;

    private final SessionBuffer buffer;
    private final SessionCatalog catalog;
    private final Function<@Nullable String, ClientRow> clients;
    private final SessionEraser eraser;
    private final ProjectRemoval removal;
    private final OrphanSweep sweep;
    private final RetentionSettings retention;
    private final KeeperLease lease;
    private final Runnable everyRound;
    private final Clock clock;
    private final Outage outage = new Outage(LOG, "Removing what is past its time");
    private final BackgroundLoop loop = new BackgroundLoop("mimic-housekeeper", this::step);
    private long sweptAt;
    private long excess;

    /**
     * Does not begin before {@link #start()}. The stores stay the caller's.
     *
     * @param everyRound what else every node does about once a minute; may throw {@link StoreException}
     */
    public Housekeeper(ArchiveStores stores, RetentionSettings retention, Runnable everyRound, Clock clock) {
        this.buffer = stores.buffer();
        this.catalog = stores.catalog();
        this.clients = stores.clients();
        this.eraser = new SessionEraser(stores);
        this.removal = new ProjectRemoval(stores.catalog(), this::erase, clock);
        this.sweep = new OrphanSweep(stores.archive(), stores.catalog(), clock);
        this.retention = retention;
        this.everyRound = everyRound;
        this.lease = new KeeperLease(stores.catalog(), clock);
        this.clock = clock;
    }

    /** Starts the background thread. */
    public void start() {
        loop.start();
    }

    /**
     * One round in the calling thread: for tests and tools.
     *
     * @return whether there is more to remove at once
     * @throws StoreException when a store failed; what is left is removed later
     */
    public synchronized boolean round() {
        everyRound.run();
        buffer.sweep();
        if (!lease.held()) {
            return false;
        }
        endForgotten();
        boolean ending = removal.step(SESSIONS_A_STEP);
        boolean more = removeOld() || ending;
        if (clock.millis() - sweptAt >= sweepEvery().toMillis()) {
            long bytes = sweep.run();
            sweptAt = clock.millis();
            excess = retention.maxBytes() > 0 ? bytes - retention.maxBytes() : 0;
        }
        return removeExcess() || more;
    }

    /** Waits for the step at hand. Leaves no thread. */
    @Override
    public void close() {
        loop.stop(PATIENCE);
    }

    private Duration step() {
        try {
            boolean more = round();
            outage.succeeded();
            return more ? BETWEEN_STEPS : ROUND;
        } catch (StoreException e) {
            return outage.failed(e);
        }
    }

    private Duration sweepEvery() {
        return retention.maxBytes() > 0 ? Duration.ofMinutes(10) : Duration.ofHours(1);
    }

    /** A session whose end was lost with its buffer would be listed as active for ever. */
    private void endForgotten() {
        long before = clock.millis() - QUIET.toMillis();
        for (SessionRow session : catalog.quietSince(before, SESSIONS_A_STEP)) {
            buffer.recall(session.project(), session.id());
            boolean[] buffered = {false};
            buffer.read(session.project(), session.id(), chunk -> buffered[0] = true);
            if (!buffered[0]) {
                end(session, before);
            }
        }
    }

    private void end(SessionRow session, long before) {
        long epoch = catalog.nextEpoch(session.project(), session.id());
        if (epoch != 0) {
            // Told as of before: a batch that came meanwhile keeps the session active.
            SegmentTally nothing = new SegmentTally();
            catalog.commit(
                    nothing.commit(session.project(), session.id(), epoch, null, true, before, clients.apply(null)));
        }
    }

    private boolean removeOld() {
        if (retention.age().isZero()) {
            return false;
        }
        List<SessionRow> old =
                catalog.olderThan(clock.millis() - retention.age().toMillis(), SESSIONS_A_STEP);
        old.forEach(this::erase);
        return old.size() == SESSIONS_A_STEP;
    }

    private boolean removeExcess() {
        if (excess <= 0) {
            return false;
        }
        List<SessionRow> oldest = catalog.olderThan(Long.MAX_VALUE, SESSIONS_A_STEP);
        for (SessionRow session : oldest) {
            if (excess <= 0) {
                return false;
            }
            erase(session);
            excess -= session.bytes();
        }
        return excess > 0 && !oldest.isEmpty();
    }

    private void erase(SessionRow session) {
        if (!loop.stopping()) {
            eraser.erase(session.project(), session.id());
        }
    }
}
