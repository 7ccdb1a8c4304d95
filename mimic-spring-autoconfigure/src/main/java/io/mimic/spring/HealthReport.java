package io.mimic.spring;

import io.mimic.Mimic;
import io.mimic.MimicHealth;
import io.mimic.MimicLosses;
import io.mimic.metric.StoreKind;
import io.mimic.store.StoreHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the health endpoint shows of MIMIC.
 *
 * @param status UP or DEGRADED
 */
record HealthReport(String status, Map<String, Object> details) {
    /** @param problem why MIMIC was not started as it was to be; null when it was */
    static HealthReport of(Mimic mimic, @Nullable String problem) {
        MimicHealth now = mimic.health();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", now.version());
        details.put("buffer", text(now.buffer()));
        details.put("archive", text(now.archive()));
        details.put("catalog", text(now.catalog()));
        String reason = problem == null ? now.reason() : problem;
        if (reason != null) {
            details.put("reason", reason);
        }
        addLosses(details, now.losses());
        return new HealthReport(now.up() ? "UP" : "DEGRADED", details);
    }

    private static void addLosses(Map<String, Object> details, MimicLosses losses) {
        for (StoreKind store : StoreKind.values()) {
            details.put(store.label() + "Errors", losses.storeErrors().getOrDefault(store, 0L));
        }
        details.put("rejectedBatches", losses.rejectedBatches());
        details.put("lostBatches", losses.lostBatches());
        details.put("recorderGaps", losses.recorderGaps());
        details.put("serverEventsDropped", losses.serverEventsDropped());
        losses.archiveLagMs().ifPresent(lag -> details.put("archiveLagMs", lag));
    }

    private static String text(StoreHealth store) {
        return (store.up() ? "UP: " : "DOWN: ") + store.detail();
    }
}
