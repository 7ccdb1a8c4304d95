package io.mimic.archive;

import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Claim;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentCommit;
import io.mimic.catalog.SegmentRow;
import io.mimic.metric.Counters;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves one claimed session. The epoch is taken before anything is read: whoever takes a newer one sees what this one committed, and
 * this one can commit nothing after it. The segment's row is what counts; batches leave the buffer only once it names them.
 */
final class SegmentMove {
    private static final Logger LOG = System.getLogger(SegmentMove.class.getName());
    private static final Duration OLDEST_OBJECT = Duration.ofMinutes(30);

    private final ArchiveStores stores;
    private final ArchiveSettings settings;
    private final SegmentListener listener;
    private final Counters counters;
    private final Clock clock;
    private final BooleanSupplier stopping;

    SegmentMove(
            ArchiveStores stores,
            ArchiveSettings settings,
            SegmentListener listener,
            Counters counters,
            Clock clock,
            BooleanSupplier stopping) {
        this.stores = stores;
        this.settings = settings;
        this.listener = listener;
        this.counters = counters;
        this.clock = clock;
        this.stopping = stopping;
    }

    /** @throws StoreException when a store failed; nothing is lost, and the session can be claimed again */
    void archive(Claim claim) {
        Lease lease = new Lease(stores.buffer(), claim, settings.lease(), clock, stopping);
        try {
            archive(claim, lease);
        } catch (LeaseLostException e) {
            LOG.log(Level.INFO, "Session " + claim.session() + " is archived by another node.");
        } catch (IOException e) {
            throw new StoreException(
                    "The folder " + settings.folder().path() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void archive(Claim claim, Lease lease) throws IOException {
        long epoch = stores.catalog().nextEpoch(claim.project(), claim.session());
        if (epoch == 0) {
            // The erasure broke off after its tombstone.
            stores.buffer().erase(claim.project(), claim.session());
            return;
        }
        Map<String, SeqRanges> committed = new HashMap<>();
        List<ChunkKey> done = new ArrayList<>();
        try (SegmentSpool spool = SegmentSpool.open(settings.folder(), claim.project(), claim.session())) {
            for (SegmentRow segment : stores.catalog().segments(claim.project(), claim.session())) {
                for (PageRow page : segment.pages()) {
                    committed
                            .computeIfAbsent(page.page(), id -> new SeqRanges())
                            .addAll(SeqRanges.parse(page.seqs()));
                    spool.tally().knowSkew(page.page(), page.skewMs());
                }
            }
            stores.buffer().read(claim.project(), claim.session(), chunk -> {
                lease.keep();
                if (contains(committed, chunk)) {
                    done.add(chunk.key());
                } else {
                    add(spool, chunk);
                }
            });
            long missing = new MissingBatches(
                            committed, page -> stores.buffer().firstSeq(claim.project(), claim.session(), page))
                    .count(spool.tally().pages());
            if (spool.tally().isEmpty() ? tellEnd(claim, epoch) : store(claim, epoch, spool, lease)) {
                counters.lost(missing);
                done.addAll(spool.tally().keys());
                stores.buffer().complete(claim, done);
            } else {
                // A newer attempt is on its way, or the session was erased meanwhile: the next claim shows which.
                stores.buffer().release(claim, Duration.ofSeconds(5));
            }
        }
    }

    private static boolean contains(Map<String, SeqRanges> committed, Chunk chunk) {
        SeqRanges seqs = committed.get(chunk.page());
        return seqs != null && seqs.contains(chunk.seq());
    }

    private static void add(SegmentSpool spool, Chunk chunk) {
        try {
            spool.add(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing is left to be stored: the catalog is told of the end alone. */
    private boolean tellEnd(Claim claim, long epoch) {
        return !claim.ended() || stores.catalog().commit(commit(claim, epoch, new SegmentTally(), null));
    }

    private boolean store(Claim claim, long epoch, SegmentSpool spool, Lease lease) throws IOException {
        Path temporary = settings.folder().newFile("segment");
        try {
            SegmentFile file = SegmentWriter.write(spool, settings.codec(), temporary, lease::keep);
            return store(claim, epoch, spool.tally(), file, lease);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private boolean store(Claim claim, long epoch, SegmentTally tally, SegmentFile file, Lease lease) {
        String object = put(claim, epoch, file, null, lease);
        boolean mayBeCommitted = false;
        boolean committed = false;
        try {
            long writtenAt = clock.millis();
            lease.confirm();
            while (clock.millis() - writtenAt > OLDEST_OBJECT.toMillis()) {
                // The sweep may be about to take it for an orphan.
                object = put(claim, epoch, file, object, lease);
                writtenAt = clock.millis();
                lease.confirm();
            }
            SegmentRow row = row(epoch, object, settings.codec(), tally, file);
            mayBeCommitted = true;
            committed = stores.catalog().commit(commit(claim, epoch, tally, row));
            mayBeCommitted = false;
            if (committed) {
                listener.archived(claim.project(), claim.session(), row);
            }
            return committed;
        } finally {
            // An answer that was lost leaves open whether the row is there: then the sweep decides.
            if (!committed && !mayBeCommitted) {
                deleteOwn(object);
            }
        }
    }

    private String put(Claim claim, long epoch, SegmentFile file, @Nullable String former, Lease lease) {
        String object = ObjectNames.fresh(claim.project(), claim.session(), epoch, settings.codec());
        lease.during(() -> stores.archive().put(object, file.path()));
        if (former != null) {
            deleteOwn(former);
        }
        return object;
    }

    private void deleteOwn(String object) {
        try {
            stores.archive().delete(object);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "The object " + object + " is left to the sweep.", e);
        }
    }

    private static SegmentRow row(long epoch, String object, SegmentCodec codec, SegmentTally tally, SegmentFile file) {
        return new SegmentRow(
                epoch,
                object,
                codec.codecName(),
                file.timelineBytes(),
                file.domBytes(),
                file.rawBytes(),
                file.sha256(),
                tally.firstAt(),
                tally.lastAt(),
                tally.counts(),
                tally.pages());
    }

    private SegmentCommit commit(Claim claim, long epoch, SegmentTally tally, @Nullable SegmentRow row) {
        return tally.commit(
                claim.project(),
                claim.session(),
                epoch,
                row,
                claim.ended(),
                claim.seenAt(),
                stores.clients().apply(claim.client()));
    }

    /** The claim's lease ran out and another node has it. */
    static final class LeaseLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLostException() {
            super("The claim was lost.", null, false, false);
        }
    }
}
