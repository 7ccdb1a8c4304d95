package io.mimic.asset;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was kept and what was not. Thread-safe. */
final class AssetTally {
    final LongAdder kept = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder left = new LongAdder();

    AssetCounts counts() {
        return new AssetCounts(kept.sum(), refused.sum(), failed.sum(), left.sum());
    }
}
