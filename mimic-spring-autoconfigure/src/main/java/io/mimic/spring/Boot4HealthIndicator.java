package io.mimic.spring;

import io.mimic.Mimic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** {@link MimicHealthIndicator} for Spring Boot 4, which has moved the interface. */
final class Boot4HealthIndicator implements HealthIndicator {
    private final Mimic mimic;
    private final @Nullable String problem;

    Boot4HealthIndicator(Mimic mimic) {
        this(mimic, null);
    }

    /** @param problem why MIMIC was not started as it was to be; null when it was */
    Boot4HealthIndicator(Mimic mimic, @Nullable String problem) {
        this.mimic = mimic;
        this.problem = problem;
    }

    @Override
    public Health health() {
        HealthReport report = HealthReport.of(mimic, problem);
        return Health.status(report.status()).withDetails(report.details()).build();
    }
}
