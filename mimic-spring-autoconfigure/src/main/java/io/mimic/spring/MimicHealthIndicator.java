package io.mimic.spring;

import io.mimic.Mimic;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * How MIMIC is, among the health of a Spring Boot 3 host: {@code UP} or {@code DEGRADED}, never {@code DOWN}, so that MIMIC's trouble
 * never takes the host out of a load balancer.
 */
public final class MimicHealthIndicator implements HealthIndicator {
    private final Mimic mimic;

    /** Asks {@code mimic}, which asks its stores at most once a second. */
    public MimicHealthIndicator(Mimic mimic) {
        this.mimic = mimic;
    }

    @Override
    public Health health() {
        HealthReport report = HealthReport.of(mimic);
        return Health.status(report.status()).withDetails(report.details()).build();
    }
}
