package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.archive.SessionArchive;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import io.mimic.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What a host has of its own takes the place of MIMIC's. */
class HostsOwnBeansTest {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            MimicAutoConfiguration.class,
            MimicHealthAutoConfiguration.class,
            MimicMetricsAutoConfiguration.class,
            MimicSecurityAutoConfiguration.class);
    private static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));

    @TempDir
    Path folder;

    @Test
    void storesOfTheHostAreUsedAndNoOthersOpened() {
        try (EmbeddedStores own = EmbeddedStores.open(folder.resolve("own"), BOUNDS, Clock.systemUTC())) {
            runner().withBean(SessionBuffer.class, own::buffer)
                    .withBean(SessionArchive.class, own::archive)
                    .withBean(SessionCatalog.class, own::catalog)
                    .run(host -> {
                        Mimic mimic = host.getBean(Mimic.class);
                        await().atMost(Duration.ofMinutes(1))
                                .until(() -> mimic.health().up());

                        assertThat(own.catalog().projects())
                                .as("in the host's catalog")
                                .isNotEmpty();
                    });
            assertThat(folder.resolve("data")).as("MIMIC's own stores").doesNotExist();
        }
    }

    @Test
    void clockOfTheHostTellsTheTime() {
        AskedClock clock = new AskedClock();
        runner().withBean(Clock.class, () -> clock).run(host -> {
            Mimic mimic = host.getBean(Mimic.class);
            await().atMost(Duration.ofMinutes(1)).until(() -> mimic.health().up());

            assertThat(clock.asked).hasPositiveValue();
        });
    }

    @Test
    void mimicOfTheHostReplacesEverything() {
        Mimic own = Mimic.start(MimicConfig.defaults().with(MimicSetting.ENABLED, false));
        runner().withBean(Mimic.class, () -> own)
                .run(host -> assertThat(host)
                        .hasSingleBean(Mimic.class)
                        .doesNotHaveBean(MimicStart.class)
                        .getBean(Mimic.class)
                        .isSameAs(own));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mimicFilter", "mimicDashboardFilter", "mimicHealthIndicator", "mimicMeters", "mimicCsrfFilter"})
    void beanOfTheHostIsLeftInItsPlace(String name) {
        runner().run(host -> assertThat(host).hasBean(name));
        runner().withBean(name, String.class, () -> "the host's")
                .run(host -> assertThat(host).hasNotFailed().getBean(name).isEqualTo("the host's"));
    }

    @Test
    void switchedOffNothingIsThere() {
        runner().withPropertyValues("mimic.enabled=false")
                .run(host -> assertThat(host.getBeanDefinitionNames()).noneMatch(bean -> bean.startsWith("mimic")));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void applicationThatServesNoPagesHasNothing() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .run(host -> assertThat(host).hasNotFailed().doesNotHaveBean(Mimic.class));
    }

    @Test
    void hostWithoutSpringSecurityHasNothingOfIt() {
        runner().withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(host -> assertThat(host)
                        .hasNotFailed()
                        .hasSingleBean(Mimic.class)
                        .doesNotHaveBean("mimicCsrfFilter"));
    }

    private WebApplicationContextRunner runner() {
        return new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues("mimic.data-dir=" + folder.resolve("data"));
    }

    /** The system's, with a count of those who asked. */
    private static final class AskedClock extends Clock {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            asked.incrementAndGet();
            return Instant.now();
        }
    }
}
