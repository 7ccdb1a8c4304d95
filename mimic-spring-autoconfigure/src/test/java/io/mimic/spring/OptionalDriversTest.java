package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.Mimic;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** A Boot host without the drivers that only some backends need: none of them is on the class path of this test, as in such a host. */
class OptionalDriversTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mimic.buffer=redis, redis.clients:jedis, ''",
        "mimic.buffer=postgresql, org.postgresql:postgresql, com.zaxxer:HikariCP",
        "mimic.catalog=postgresql, org.postgresql:postgresql, com.zaxxer:HikariCP",
        "mimic.archive=s3, io.minio:minio, com.squareup.okhttp3:okhttp-jvm"
    })
    void missingDriverIsNamedAndTheHostStarts(String setting, String driver, String another) {
        runner().withPropertyValues(setting, "mimic.single-node=true").run(host -> {
            assertThat(host).hasNotFailed();
            assertThat(host.getBean(MimicStart.class).problem()).contains(driver, another);
        });
    }

    @Test
    void embeddedDefaultNeedsNoneOfThem() {
        runner().run(host -> {
            assertThat(host).hasSingleBean(Mimic.class);
            assertThat(host.getBean(MimicStart.class).problem()).isNull();
        });
    }

    private WebApplicationContextRunner runner() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MimicAutoConfiguration.class))
                .withPropertyValues("mimic.data-dir=" + folder);
    }
}
