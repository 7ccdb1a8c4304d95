package io.mimic.spring;

import io.mimic.Mimic;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** MIMIC among the health of a host that has Actuator; {@code management.health.mimic.enabled=false} leaves it out. */
@AutoConfiguration(after = MimicAutoConfiguration.class)
@ConditionalOnBean(Mimic.class)
@ConditionalOnProperty(name = "management.health.mimic.enabled", havingValue = "true", matchIfMissing = true)
public class MimicHealthAutoConfiguration {
    private static @Nullable String problem(ObjectProvider<MimicStart> start) {
        MimicStart started = start.getIfAvailable();
        return started == null ? null : started.problem();
    }

    /** Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class Boot3 {
        @Bean
        @ConditionalOnMissingBean(name = "mimicHealthIndicator")
        MimicHealthIndicator mimicHealthIndicator(Mimic mimic, ObjectProvider<MimicStart> start) {
            return new MimicHealthIndicator(mimic, problem(start));
        }
    }

    /** Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class Boot4 {
        @Bean
        @ConditionalOnMissingBean(name = "mimicHealthIndicator")
        Boot4HealthIndicator mimicHealthIndicator(Mimic mimic, ObjectProvider<MimicStart> start) {
            return new Boot4HealthIndicator(mimic, problem(start));
        }
    }
}
