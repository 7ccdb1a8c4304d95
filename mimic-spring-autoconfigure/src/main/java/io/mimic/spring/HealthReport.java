package io.mimic.spring;

import io.mimic.Mimic;
import io.mimic.MimicHealth;
import io.mimic.store.StoreHealth;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the health endpoint shows of MIMIC.
 *
 * @param status UP or DEGRADED
 */
record HealthReport(String status, Map<String, Object> details) {
    static HealthReport of(Mimic mimic) {
        MimicHealth now = mimic.health();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", now.version());
        details.put("buffer", text(now.buffer()));
        details.put("archive", text(now.archive()));
        details.put("catalog", text(now.catalog()));
        String reason = now.reason();
        if (reason != null) {
            details.put("reason", reason);
        }
        return new HealthReport(now.up() ? "UP" : "DEGRADED", details);
    }

    private static String text(StoreHealth store) {
        return (store.up() ? "UP: " : "DOWN: ") + store.detail();
    }
}
