package io.mimic.spring;

import io.mimic.Mimic;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** {@link MimicHealthIndicator} for Spring Boot 4, which has moved the interface. */
final class Boot4HealthIndicator implements HealthIndicator {
    private final Mimic mimic;

    Boot4HealthIndicator(Mimic mimic) {
        this.mimic = mimic;
    }

    @Override
    public Health health() {
        HealthReport report = HealthReport.of(mimic);
        return Health.status(report.status()).withDetails(report.details()).build();
    }
}
