package io.mimic.archive;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure removed.
 *
 * @param erased sessions that are gone
 * @param objects archive objects that were removed
 * @param batches buffered batches that were removed, which no object held yet
 * @param bytes raw bytes of these batches
 * @param failed sessions of which something may be left: run the erasure again
 * @param reason why the last of these failed; null when none did
 */
public record ErasureReport(
        List<UUID> erased,
        int objects,
        long batches,
        long bytes,
        List<UUID> failed,
        @Nullable String reason) {
    public ErasureReport {
        erased = List.copyOf(erased);
        failed = List.copyOf(failed);
    }

    /** Nothing is left. */
    public boolean complete() {
        return failed.isEmpty();
    }
}
