package io.mimic.spring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.mimic.Mimic;
import io.mimic.MimicMetrics;
import io.mimic.asset.AssetCounts;
import io.mimic.metric.Counters;
import io.mimic.metric.Rejection;
import io.mimic.metric.StoreKind;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * MIMIC's meters, all named {@code mimic.*}; docs/operations.md lists them. Reading one asks no store. Spring Boot binds this to every
 * registry of the host; who has a registry of his own calls {@link #bindTo}.
 */
public final class MimicMeters implements MeterBinder {
    private final MimicMetrics metrics;

    /** Of a running {@code mimic}, which must be kept for as long as the registry is read. */
    public MimicMeters(Mimic mimic) {
        this.metrics = mimic.metrics();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count("mimic.batches", "Batches that were stored", Counters::batches).register(registry);
        count("mimic.bytes", "Bytes of their events, uncompressed", Counters::bytes)
                .baseUnit("bytes")
                .register(registry);
        count("mimic.batches.lost", "Stored batches that are known to be gone", Counters::lostBatches)
                .register(registry);
        count("mimic.recorder.gaps", "Places at which recorders had to leave something out", Counters::recorderGaps)
                .register(registry);
        for (Rejection reason : Rejection.values()) {
            count("mimic.batches.rejected", "Batches that were not accepted", counters -> counters.rejections(reason))
                    .tag("reason", reason.label())
                    .register(registry);
        }
        for (StoreKind store : StoreKind.values()) {
            count("mimic.store.errors", "Calls that a store failed", counters -> counters.storeErrors(store))
                    .tag("store", store.label())
                    .register(registry);
        }
        FunctionCounter.builder("mimic.server.events.dropped", metrics, MimicMetrics::serverEventsDropped)
                .description("What the server saw of sessions and could not be kept")
                .register(registry);
        assets(registry, "kept", AssetCounts::kept);
        assets(registry, "refused", AssetCounts::refused);
        assets(registry, "failed", AssetCounts::failed);
        FunctionCounter.builder(
                        "mimic.assets.segments.left", metrics, of -> of.assets().left())
                .description("Segments whose pictures and fonts were not looked for")
                .register(registry);
        Gauge.builder("mimic.sessions.active", metrics, of -> known(of.activeSessions()))
                .description("Sessions that have not ended, of all nodes that share the buffer")
                .register(registry);
        TimeGauge.builder("mimic.archive.lag", metrics, TimeUnit.MILLISECONDS, of -> known(of.archiveLagMs()))
                .description("For how long the session has waited that waits longest to be archived")
                .register(registry);
    }

    private void assets(MeterRegistry registry, String outcome, ToDoubleFunction<AssetCounts> value) {
        FunctionCounter.builder("mimic.assets", metrics, of -> value.applyAsDouble(of.assets()))
                .description("Pictures, fonts and style sheets that recorded pages named")
                .tag("outcome", outcome)
                .register(registry);
    }

    private FunctionCounter.Builder<Counters> count(String name, String meaning, ToDoubleFunction<Counters> value) {
        return FunctionCounter.builder(name, metrics.counters(), value).description(meaning);
    }

    private static double known(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }
}
