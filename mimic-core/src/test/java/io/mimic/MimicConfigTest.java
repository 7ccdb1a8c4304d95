package io.mimic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MimicConfigTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mimic.project.id           | my shop!      | up to 64 letters, digits, _ and -
            mimic.flush-interval       | 0s            | a time from 100ms to 10m, such as 5s
            mimic.flush-interval       | 11m           | a time from 100ms to 10m, such as 5s
            mimic.session.timeout      | 0s            | a time from 100ms to 1d, such as 10s
            mimic.session.grace        | 2h            | a time from 0 to 1h, such as 5s
            mimic.session.max-duration | 0s            | a time from 10s to 30d, such as 4h
            mimic.idle-timeout         | 0             | a time from 100ms to 1d, such as 5m
            mimic.archive.lease        | 0             | a time from 1s to 1h, such as 1m
            mimic.retention            | 999999999999d | a time from 0 to 36500d, such as 30d
            mimic.redis.connections    | 0             | a whole number from 1 to 1000
            mimic.postgresql.connections | 1           | a whole number from 2 to 1000
            """)
    void valueThatCannotWorkIsRefusedByName(String key, String value, String right) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " is \"" + value + "\"; it must be " + right + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "mimic.secret, x, 'at least 16 characters, made at random'",
        "mimic.project.password, short, 8 to 1000 characters",
        "mimic.project.viewer-password, short, 8 to 1000 characters",
    })
    void weakSecretIsRefusedAndNotShown(String key, String value, String right) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " is \"…\"; it must be " + right + ".");
    }

    @Test
    void nameHasNoControlCharactersAndAnEnd() {
        assertThatThrownBy(() -> read(Map.of("mimic.project.name", "a\u0007b")))
                .hasMessageContainingAll("mimic.project.name", "1 to 100 characters");
        assertThatThrownBy(() -> read(Map.of("mimic.project.name", "a".repeat(101))))
                .hasMessageContainingAll("mimic.project.name", "1 to 100 characters");
        assertThat(read(Map.of("mimic.project.name", "Bücher & Mehr")).get(MimicSetting.PROJECT_NAME))
                .isEqualTo("Bücher & Mehr");
    }

    @Test
    void folderThatNoSystemKnowsIsRefused() {
        assertThatThrownBy(() -> read(Map.of("mimic.data-dir", "a\u0000b")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("mimic.data-dir", "a path as this system writes them");
    }

    @Test
    void placeholderThatNobodyFilledIsRefused() {
        assertThatThrownBy(() -> read(Map.of("mimic.secret", "${NOPE:and-its-secret-default}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mimic.secret still holds a placeholder")
                .hasMessageNotContaining("and-its-secret-default");
        assertThatThrownBy(() -> read(Map.of("mimic.project.name", "shop of ${TOWN}")))
                .hasMessageContainingAll("mimic.project.name", "shop of ${TOWN}");
    }

    @Test
    void sessionMayNotEndBetweenTwoBatches() {
        assertThatThrownBy(() -> read(Map.of("mimic.flush-interval", "60s")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "mimic.flush-interval is 1m", "mimic.session.timeout", "mimic.session.grace", "which are 15s");
        assertThat(read(Map.of("mimic.flush-interval", "60s", "mimic.session.timeout", "60s"))
                        .get(MimicSetting.FLUSH_INTERVAL))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatIsRightCanBeReadBesideWhatIsWrong() {
        Map<String, String> settings = Map.of("mimic.path", "/replay", "mimic.sampling", "2", "mimic.inject", "always");

        MimicConfig readable = MimicConfig.readable(settings::get);

        assertThat(readable.get(MimicSetting.PATH)).isEqualTo("/replay");
        assertThat(readable.get(MimicSetting.INJECT)).isEqualTo(MimicSetting.Inject.ALWAYS);
        assertThat(readable.get(MimicSetting.SAMPLING)).isEqualTo(1.0);
        assertThatThrownBy(() -> read(settings)).hasMessageContaining("mimic.sampling is \"2\"");
    }

    private static MimicConfig read(Map<String, String> settings) {
        return MimicConfig.from(settings::get);
    }
}
