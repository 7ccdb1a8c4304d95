package io.mimic.spring;

import io.mimic.Mimic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * How MIMIC is, among the health of a Spring Boot 3 host: {@code UP} or {@code DEGRADED}, never {@code DOWN}, so that MIMIC's trouble
 * never takes the host out of a load balancer.
 */
public final class MimicHealthIndicator implements HealthIndicator {
    private final Mimic mimic;
    private final @Nullable String problem;

    /** Asks {@code mimic}, which asks its stores at most once a second. */
    public MimicHealthIndicator(Mimic mimic) {
        this(mimic, null);
    }

    /** @param problem why MIMIC was not started as it was to be; null when it was */
    MimicHealthIndicator(Mimic mimic, @Nullable String problem) {
        this.mimic = mimic;
        this.problem = problem;
    }

    @Override
    public Health health() {
        HealthReport report = HealthReport.of(mimic, problem);
        return Health.status(report.status()).withDetails(report.details()).build();
    }
}
