package io.mimic.archive;

import io.mimic.buffer.BufferUsage;
import io.mimic.buffer.Claim;
import io.mimic.buffer.SessionBuffer;
import io.mimic.metric.Counters;
import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Moves sessions that wait out of the buffer into archived segments, one after the other on one paced background thread. Any number of
 * nodes may do so with the same stores; a session that was left by a node that died is taken up by another. Thread-safe.
 */
public final class Archiver implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Archiver.class.getName());
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMillis(500);
    private static final Duration UNREADABLE_DELAY = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SessionBuffer buffer;
    private final SegmentMove move;
    private final BufferWatch watch;
    private final Duration patience;
    private final Outage outage = new Outage(LOG, "Archiving sessions");
    private final BackgroundLoop loop = new BackgroundLoop("mimic-archiver", this::step);

    /** Does not begin before {@link #start()}. The stores stay the caller's. */
    public Archiver(ArchiveStores stores, ArchiveSettings settings, Counters counters, Clock clock) {
        this(stores, settings, (project, session, segment) -> {}, counters, clock);
    }

    /** @param listener is told of what was archived */
    public Archiver(
            ArchiveStores stores, ArchiveSettings settings, SegmentListener listener, Counters counters, Clock clock) {
        this(stores, settings, listener, counters, clock, PATIENCE);
    }

    /** @param patience how long the session at hand may take once this is being closed */
    Archiver(
            ArchiveStores stores,
            ArchiveSettings settings,
            SegmentListener listener,
            Counters counters,
            Clock clock,
            Duration patience) {
        this.patience = patience;
        this.buffer = stores.buffer();
        this.watch = new BufferWatch(buffer);
        this.move = new SegmentMove(stores, settings, listener, counters, clock, loop::stopping);
    }

    /** Starts the background thread. */
    public void start() {
        buffer.onDue(loop::wake);
        loop.start();
    }

    /**
     * Archives what waits now, in the calling thread: for tests and tools.
     *
     * @return how many sessions were claimed and done
     * @throws StoreException when a store failed; the session is tried again later
     */
    public int archiveWaiting() {
        int done = 0;
        for (List<Claim> claims = buffer.claim(1); !claims.isEmpty(); claims = buffer.claim(1)) {
            archive(claims.get(0));
            done++;
        }
        return done;
    }

    /** What the buffer held some seconds ago; empty before {@link #start()} and while the buffer cannot be asked. */
    public Optional<BufferUsage> usage() {
        return watch.last();
    }

    /** Lets the session at hand be finished for up to 10 s, or gives it back. Leaves no thread. */
    @Override
    public void close() {
        loop.stop(patience);
    }

    private Duration step() {
        watch.look();
        try {
            List<Claim> claims = buffer.claim(1);
            if (claims.isEmpty()) {
                outage.succeeded();
                return POLL;
            }
            long before = processorTime();
            archive(claims.get(0));
            outage.succeeded();
            // As much rest as work, so that the host keeps its processors.
            Duration worked = Duration.ofNanos(Math.max(0, processorTime() - before));
            return worked.compareTo(LONGEST_REST) < 0 ? worked : LONGEST_REST;
        } catch (StoreException e) {
            return outage.failed(e);
        }
    }

    private static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private void archive(Claim claim) {
        try {
            move.archive(claim);
        } catch (StoppedException e) {
            release(claim, Duration.ZERO);
        } catch (RuntimeException e) {
            if (e instanceof StoreException failure && !failure.isDamaged()) {
                release(claim, Duration.ofSeconds(5));
                throw failure;
            }
            // Only this session is concerned: the others must not wait behind it.
            LOG.log(Level.ERROR, "Session " + claim.session() + " could not be archived; it is tried again.", e);
            release(claim, UNREADABLE_DELAY);
        }
    }

    private void release(Claim claim, Duration delay) {
        try {
            buffer.release(claim, delay);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "The claim was not given back; its lease will run out.", e);
        }
    }

    /** MIMIC is being closed: what was begun is given up. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("MIMIC is being closed.");
        }
    }
}
