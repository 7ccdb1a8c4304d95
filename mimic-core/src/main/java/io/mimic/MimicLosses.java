package io.mimic;

import io.mimic.metric.StoreKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What this node could not do since its start.
 *
 * @param storeErrors calls that a store failed, store by store
 * @param rejectedBatches batches that were not accepted
 * @param lostBatches numbers that are missing among the batches of archived pages: lost or evicted by a buffer, or never sent
 * @param recorderGaps places at which recorders had to leave something out
 * @param serverEventsDropped what the host's server saw of sessions and was not kept
 * @param archiveLagMs for how long the session has waited that waits longest to be archived; empty while that is not known
 */
public record MimicLosses(
        Map<StoreKind, Long> storeErrors,
        long rejectedBatches,
        long lostBatches,
        long recorderGaps,
        long serverEventsDropped,
        OptionalLong archiveLagMs) {
    /** Of a MIMIC that does not run. */
    public static final MimicLosses NONE = new MimicLosses(Map.of(), 0, 0, 0, 0, OptionalLong.empty());

    public MimicLosses {
        storeErrors = Map.copyOf(storeErrors);
    }

    static MimicLosses of(MimicMetrics metrics) {
        Map<StoreKind, Long> storeErrors = new EnumMap<>(StoreKind.class);
        for (StoreKind store : StoreKind.values()) {
            storeErrors.put(store, metrics.counters().storeErrors(store));
        }
        return new MimicLosses(
                storeErrors,
                metrics.counters().rejections(),
                metrics.counters().lostBatches(),
                metrics.counters().recorderGaps(),
                metrics.serverEventsDropped(),
                metrics.archiveLagMs());
    }
}
