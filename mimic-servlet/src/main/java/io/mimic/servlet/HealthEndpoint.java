package io.mimic.servlet;

import io.mimic.MimicHealth;
import io.mimic.MimicLosses;
import io.mimic.asset.AssetCounts;
import io.mimic.metric.StoreKind;
import io.mimic.store.StoreHealth;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET {mount}/api/health}: public, so it names no address, no path and no secret beyond what a store says of itself. */
record HealthEndpoint(Supplier<MimicHealth> health, Supplier<Optional<AssetCounts>> assets) {
    void get(Exchange exchange) throws IOException {
        MimicHealth now = health.get();
        String status = now.up() ? "UP" : now.buffer().up() ? "DEGRADED" : "DOWN";
        exchange.json(now.up() ? 200 : 503, body(status, now, assets.get()));
    }

    private static Map<String, Object> body(String status, MimicHealth now, Optional<AssetCounts> assets) {
        Map<String, Object> stores = new LinkedHashMap<>();
        stores.put("buffer", store(now.buffer()));
        stores.put("archive", store(now.archive()));
        stores.put("catalog", store(now.catalog()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", status);
        body.put("version", now.version());
        body.put("stores", stores);
        body.put("recording", recording(now.reason()));
        body.put("losses", losses(now.losses()));
        body.put("assets", assets(assets));
        return body;
    }

    private static Map<String, Object> store(StoreHealth store) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", store.up() ? "UP" : "DOWN");
        body.put("detail", store.detail());
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
