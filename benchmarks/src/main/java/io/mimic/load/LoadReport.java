package io.mimic.load;

import io.mimic.faults.Found;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param seconds from the first batch to the last answer
 * @param batches acknowledged
 * @param rawBytes of them, before they were compressed
 * @param sentBytes of their bodies as sent
 * @param visits that were begun
 * @param secondWindows that were opened by some of them
 * @param recorded visits of which a batch was acknowledged
 * @param torn of these, those that were told to be in more than one session
 * @param pages that were begun
 * @param response ns from when a batch was meant to be sent to its answer, over all repetitions: what is coordinated-omission-safe
 * @param service ns from when it was sent, for the last time, to its answer
 * @param repeats how often a batch was to be sent again, and why
 * @param found what was read back and held against the ledger; null where nothing is kept that could be read
 */
public record LoadReport(
        double seconds,
        long batches,
        long rawBytes,
        long sentBytes,
        long visits,
        long secondWindows,
        int recorded,
        int torn,
        long pages,
        Histogram response,
        Histogram service,
        String repeats,
        @Nullable Found found) {
    /** @throws IllegalStateException when nothing was read back */
    public Found readBack() {
        if (found == null) {
            throw new IllegalStateException("Nothing was read back.");
        }
        return found;
    }
}
