package io.mimic;

import io.mimic.archive.Archiver;
import io.mimic.asset.AssetCounts;
import io.mimic.asset.AssetKeeper;
import io.mimic.buffer.BufferUsage;
import io.mimic.metric.Counters;
import io.mimic.server.ServerEvents;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** What there is to measure of MIMIC on this node. Asks no store; thread-safe. */
public final class MimicMetrics {
    private final Counters counters;
    private final Archiver archiver;
    private final ServerEvents serverEvents;
    private final Optional<AssetKeeper> assets;
    private final Clock clock;

    MimicMetrics(
            Counters counters,
            Archiver archiver,
            ServerEvents serverEvents,
            Optional<AssetKeeper> assets,
            Clock clock) {
        this.counters = counters;
        this.archiver = archiver;
        this.serverEvents = serverEvents;
        this.assets = assets;
        this.clock = clock;
    }

    /** What was counted since the start. */
    public Counters counters() {
        return counters;
    }

    /** Sessions that have not ended, of all nodes that share the buffer, some seconds ago; empty while the buffer cannot be asked. */
    public OptionalLong activeSessions() {
        return archiver.usage()
                .map(usage -> OptionalLong.of(usage.activeSessions()))
                .orElse(OptionalLong.empty());
    }

    /**
     * For how long the session has waited that has ended and waits longest to be archived, in ms; 0 when none waits; empty while the buffer
     * cannot be asked.
     */
    public OptionalLong archiveLagMs() {
        Optional<BufferUsage> usage = archiver.usage();
        if (usage.isEmpty()) {
            return OptionalLong.empty();
        }
        long since = usage.get().oldestDeadline();
        return OptionalLong.of(since == 0 ? 0 : Math.max(0, clock.millis() - since));
    }

    /** What the host's server saw of sessions and was not kept, since there was no room or no store for it. */
    public long serverEventsDropped() {
        return serverEvents.dropped();
    }

    /** What became of the pictures, fonts and style sheets that recorded pages named. */
    public AssetCounts assets() {
        return assets.map(AssetKeeper::counts).orElse(AssetCounts.NONE);
    }
}
