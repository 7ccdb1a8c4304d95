package io.mimic.spring;

import io.mimic.Mimic;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** MIMIC among the metrics of a host that has Micrometer; {@code management.metrics.enable.mimic=false} leaves it out. */
@AutoConfiguration(after = MimicAutoConfiguration.class)
@ConditionalOnClass(name = "io.micrometer.core.instrument.binder.MeterBinder")
@ConditionalOnBean(Mimic.class)
public class MimicMetricsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "mimicMeters")
    MimicMeters mimicMeters(Mimic mimic) {
        return new MimicMeters(mimic);
    }
}
