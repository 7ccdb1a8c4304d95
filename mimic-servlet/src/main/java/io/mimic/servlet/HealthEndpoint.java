package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.MimicHealth;
import io.mimic.MimicLosses;
import io.mimic.asset.AssetCounts;
import io.mimic.asset.AssetKeeper;
import io.mimic.metric.StoreKind;
import io.mimic.store.StoreHealth;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How MIMIC is, for two: anybody, who is told what is up and what is down ({@code GET {mount}/api/health}), and whoever runs the server, who
 * also is told what the stores say of themselves. Those words name folders, hosts and errors. Thread-safe.
 */
public final class HealthEndpoint {
    private final Supplier<MimicHealth> health;
    private final Supplier<Optional<AssetCounts>> assets;

    HealthEndpoint(Supplier<MimicHealth> health, Supplier<Optional<AssetCounts>> assets) {
        this.health = health;
        this.assets = assets;
    }

    public static HealthEndpoint of(Mimic mimic) {
        return new HealthEndpoint(mimic::health, () -> mimic.assets().map(AssetKeeper::counts));
    }

    /** For anybody: 503 unless all stores are up and sessions are recorded, as a load balancer reads it. */
    void get(Exchange exchange) throws IOException {
        MimicHealth now = health.get();
        exchange.json(now.up() ? 200 : 503, body(now, now.publicReason(), false));
    }

    /**
     * For who runs the server; the caller has made sure of that. Always 200, since the question was answered.
     *
     * @throws IOException when the answer cannot be sent
     */
    public void details(Exchange exchange) throws IOException {
        MimicHealth now = health.get();
        exchange.json(200, body(now, now.reason(), true));
    }

    private Map<String, Object> body(MimicHealth now, @Nullable String reason, boolean details) {
        Map<String, Object> stores = new LinkedHashMap<>();
        stores.put("buffer", store(now.buffer(), details));
        stores.put("archive", store(now.archive(), details));
        stores.put("catalog", store(now.catalog(), details));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", now.up() ? "UP" : now.buffer().up() ? "DEGRADED" : "DOWN");
        body.put("version", now.version());
        body.put("stores", stores);
        body.put("recording", recording(reason));
        body.put("losses", losses(now.losses()));
        body.put("assets", assets(assets.get()));
        return body;
    }

    private static Map<String, Object> store(StoreHealth store, boolean details) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", store.up() ? "UP" : "DOWN");
        body.put("detail", details ? store.detail() : null);
        return body;
    }

    private static Map<String, Object> losses(MimicLosses losses) {
        Map<String, Object> storeErrors = new LinkedHashMap<>();
        for (StoreKind store : StoreKind.values()) {
            storeErrors.put(store.label(), losses.storeErrors().getOrDefault(store, 0L));
        }
        OptionalLong lag = losses.archiveLagMs();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("storeErrors", storeErrors);
        body.put("rejectedBatches", losses.rejectedBatches());
        body.put("lostBatches", losses.lostBatches());
        body.put("recorderGaps", losses.recorderGaps());
        body.put("serverEventsDropped", losses.serverEventsDropped());
        body.put("archiveLagMs", lag.isPresent() ? lag.getAsLong() : null);
        return body;
    }

    /** Since this process began. */
    private static Map<String, Object> assets(Optional<AssetCounts> counts) {
        AssetCounts now = counts.orElse(AssetCounts.NONE);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("enabled", counts.isPresent());
        body.put("kept", now.kept());
        body.put("refused", now.refused());
        body.put("failed", now.failed());
        body.put("left", now.left());
        return body;
    }

    private static Map<String, Object> recording(@Nullable String reason) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("enabled", reason == null);
        body.put("reason", reason);
        return body;
    }
}
