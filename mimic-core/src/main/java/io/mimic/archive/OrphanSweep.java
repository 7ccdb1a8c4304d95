package io.mimic.archive;

import io.mimic.archive.SessionArchive.StoredObject;
import io.mimic.catalog.SessionCatalog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Removes objects that no segment row names and that are too old for one to come. Not thread-safe. */
final class OrphanSweep {
    private static final Logger LOG = System.getLogger(OrphanSweep.class.getName());
    private static final Duration OLD_ENOUGH = Duration.ofHours(1);
    private static final Duration WHOLE_EVERY = Duration.ofDays(1);
    private static final int MOST_AT_ONCE = 1_000;
    private static final int FEW = 20;

    private final SessionArchive archive;
    private final SessionCatalog catalog;
    private final Clock clock;
    private long checkedBefore;
    private long wholeAt;
    private boolean refused;

    OrphanSweep(SessionArchive archive, SessionCatalog catalog, Clock clock) {
        this.archive = archive;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** @return bytes of all objects that stay */
    long run() {
        long now = clock.millis();
        boolean whole = now - wholeAt >= WHOLE_EVERY.toMillis();
        long from = whole ? Long.MIN_VALUE : checkedBefore;
        long before = now - OLD_ENOUGH.toMillis();
        Found found = new Found();
        archive.list("", object -> {
            found.bytes += object.bytes();
            boolean due = object.modifiedAt() < before && object.modifiedAt() >= from;
            if (due) {
                found.checked++;
                if (!catalog.knowsObject(object.name())) {
                    found.add(object);
                }
            }
        });
        if (whole && foreign(found)) {
            return found.bytes;
        }
        found.orphans.forEach(archive::delete);
        if (found.unknown <= MOST_AT_ONCE) {
            // With some overlap, since the store's clock is not this node's.
            checkedBefore = before - OLD_ENOUGH.toMillis();
            wholeAt = whole ? now : wholeAt;
        }
        if (!found.orphans.isEmpty()) {
            LOG.log(Level.INFO, "Removed " + found.orphans.size() + " archive objects that no session has.");
        }
        return found.bytes - found.orphanBytes;
    }

    /** A catalog that was lost or mixed up must not take the archive with it. */
    private boolean foreign(Found found) {
        boolean foreign = found.unknown > FEW && found.unknown > found.checked / 2;
        if (foreign && !refused) {
            LOG.log(
                    Level.WARNING,
                    "The catalog does not know " + found.unknown + " of the archive's " + found.checked
                            + " objects; they are left alone. Do archive and catalog belong together?");
        }
        refused = foreign;
        return foreign;
    }

    private static final class Found {
        private final List<String> orphans = new ArrayList<>();
        private long checked;
        private long unknown;
        private long bytes;
        private long orphanBytes;

        void add(StoredObject object) {
            unknown++;
            if (orphans.size() < MOST_AT_ONCE) {
                orphans.add(object.name());
                orphanBytes += object.bytes();
            }
        }
    }
}
