package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mimic.Mimic;
import io.mimic.ingest.BatchRejectedException;
import io.mimic.ingest.IngestRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class MimicMetersTest {
    @TempDir
    Path folder;

    @Test
    void metersFollowWhatMimicDoes() {
        runner().withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(host -> {
            Mimic mimic = host.getBean(Mimic.class);
            MeterRegistry registry = host.getBean(MeterRegistry.class);
            host.getBean(MimicMeters.class).bindTo(registry);
            await().atMost(Duration.ofSeconds(60)).until(() -> mimic.health().up());

            send(mimic, batch(mimic.projects().own().orElseThrow().id()));
            send(mimic, "no batch");

            assertThat(count(registry, "mimic.batches")).isEqualTo(1);
            assertThat(count(registry, "mimic.bytes")).isPositive();
            assertThat(count(registry, "mimic.batches.rejected", "reason", "malformed"))
                    .isEqualTo(1);
            assertThat(count(registry, "mimic.batches.rejected", "reason", "full"))
                    .isZero();
            assertThat(count(registry, "mimic.store.errors", "store", "archive"))
                    .isZero();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> registry.get("mimic.sessions.active").gauge().value() == 1);
            TimeGauge lag = registry.get("mimic.archive.lag").timeGauge();
            assertThat(lag.value(TimeUnit.MILLISECONDS)).isNotNegative();
        });
    }

    @Test
    void everyMeterIsInTheDocumentation() throws Exception {
        String operations = Files.readString(Path.of("..", "docs", "operations.md"));
        runner().run(host -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            host.getBean(MimicMeters.class).bindTo(registry);

            assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
                Meter.Id id = meter.getId();
                assertThat(id.getName()).startsWith("mimic.");
                assertThat(operations).contains("`" + id.getName() + "`");
                id.getTags()
                        .forEach(tag ->
                                assertThat(operations).contains("`" + tag.getKey() + "`", "`" + tag.getValue() + "`"));
            });
        });
    }

    @Test
    void hostWithoutMicrometerHasTheSameBeansWithoutTheMeters() {
        runner().run(with -> runner().withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(without -> {
                    assertThat(without)
                            .hasNotFailed()
                            .hasSingleBean(Mimic.class)
                            .doesNotHaveBean("mimicMeters");
                    String own = MimicMetricsAutoConfiguration.class.getName();
                    assertThat(Arrays.stream(with.getBeanDefinitionNames())
                                    .filter(bean -> !bean.equals("mimicMeters") && !bean.equals(own)))
                            .containsExactlyInAnyOrder(without.getBeanDefinitionNames());
                }));
    }

    private WebApplicationContextRunner runner() {
        return new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MimicAutoConfiguration.class, MimicMetricsAutoConfiguration.class))
                .withPropertyValues("mimic.data-dir=" + folder);
    }

    private static double count(MeterRegistry registry, String name, String... tags) {
        FunctionCounter counter = registry.get(name).tags(tags).functionCounter();
        return counter.count();
    }

    private static void send(Mimic mimic, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            mimic.ingestor()
                    .ingest(new IngestRequest(
                            new ByteArrayInputStream(bytes),
                            "application/json",
                            null,
                            "192.0.2.7",
                            name -> null,
                            name -> null));
        } catch (BatchRejectedException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }

    private static String batch(String project) {
        long now = System.currentTimeMillis();
        return "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"abcdefgh\",\"page\":\""
                + "0123456789abcdef0123456789abcdef\",\"seq\":0,\"sentAt\":" + now
                + ",\"meta\":{\"url\":\"http://localhost/\"},\"events\":[{\"type\":4,\"timestamp\":" + now
                + ",\"data\":{\"href\":\"http://localhost/\",\"width\":1,\"height\":1}}]}";
    }
}
