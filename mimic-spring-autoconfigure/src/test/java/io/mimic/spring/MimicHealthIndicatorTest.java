package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.Mimic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class MimicHealthIndicatorTest {
    @TempDir
    Path folder;

    @Test
    void saysUpOnceMimicRecords() {
        runner(folder).run(host -> {
            HealthIndicator indicator = host.getBean("mimicHealthIndicator", HealthIndicator.class);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
            assertThat(indicator.health().getDetails()).containsKeys("version", "buffer", "archive", "catalog");
        });
    }

    @Test
    void saysDegradedAndNeverDownWhenTheStoresCannotBeOpened() throws Exception {
        Path file = Files.writeString(folder.resolve("no-folder"), "a file where the data directory should be");
        runner(file).run(host -> {
            assertThat(host).hasNotFailed();
            HealthIndicator indicator = host.getBean("mimicHealthIndicator", HealthIndicator.class);
            assertThat(indicator.health().getStatus()).isEqualTo(new Status("DEGRADED"));
            assertThat(indicator.health().getDetails()).containsKey("reason");
            assertThat(StatusAggregator.getDefault()
                            .getAggregateStatus(Status.UP, indicator.health().getStatus()))
                    .as("of a host that is up")
                    .isEqualTo(Status.UP);
            assertThat(HttpCodeStatusMapper.DEFAULT.getStatusCode(
                            indicator.health().getStatus()))
                    .isEqualTo(200);
        });
    }

    @Test
    void hostWithoutActuatorHasNoIndicator() {
        runner(folder)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(host -> assertThat(host).hasSingleBean(Mimic.class).doesNotHaveBean("mimicHealthIndicator"));
    }

    @Test
    void hostLeavesItOut() {
        runner(folder)
                .withPropertyValues("management.health.mimic.enabled=false")
                .run(host -> assertThat(host).hasSingleBean(Mimic.class).doesNotHaveBean("mimicHealthIndicator"));
    }

    private static WebApplicationContextRunner runner(Path data) {
        return new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MimicAutoConfiguration.class, MimicHealthAutoConfiguration.class))
                .withPropertyValues("mimic.data-dir=" + data);
    }
}
