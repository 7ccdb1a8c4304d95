package io.mimic.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.servlet.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    @Test
    void decodesUtf8AndPlus() {
        Parameters parameters = Parameters.parse("q=caf%C3%A9+au%20lait&user=J%C3%BCrgen");

        assertThat(parameters.text("q", 100)).isEqualTo("café au lait");
        assertThat(parameters.text("user", 100)).isEqualTo("Jürgen");
    }

    @Test
    void emptyAndAbsentAreAlike() {
        Parameters parameters = Parameters.parse("q=&&user&=");

        assertThat(parameters.text("q", 10)).isNull();
        assertThat(parameters.text("user", 10)).isNull();
        assertThat(parameters.time("from")).isZero();
        assertThat(Parameters.parse(null).flag("errors")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%", "q=%4", "q=%zz", "q=%ff%fe", "q=%ED%A0%80"})
    void tellsWhatCannotBeDecoded(String query) {
        assertBad(() -> Parameters.parse(query), "query string");
    }

    @Test
    void refusesAParameterThatIsGivenTwice() {
        assertBad(() -> Parameters.parse("limit=1&limit=2"), "limit");
    }

    @ParameterizedTest
    @CsvSource({
        "1795560043391, 2026-11-24T22:40:43.391Z",
        "2026-11-24T10:00:00Z, 2026-11-24T10:00:00Z",
        "2026-11-24T10:00:00%2B02:00, 2026-11-24T08:00:00Z",
        "2026-11-24T10:00:00+02:00, 2026-11-24T08:00:00Z",
        "2026-11-24, 2026-11-24T00:00:00Z"
    })
    void readsTimes(String text, Instant time) {
        assertThat(Parameters.parse("from=" + text).time("from")).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1e3",
                "999999999999999",
                "1234567890123456789",
                "yesterday",
                "1969-12-31",
                "+10000-01-01T00:00:00Z",
                "2026-02-30"
            })
    void tellsWhatIsNoTime(String text) {
        assertBad(() -> Parameters.parse("from=" + text).time("from"), "from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "x", "1.5", "99999999999999999999"})
    void boundsNumbers(String text) {
        assertBad(() -> Parameters.parse("limit=" + text).number("limit", 1, 200, 50), "limit");
    }

    @Test
    void boundsTexts() {
        assertBad(() -> Parameters.parse("q=" + "x".repeat(11)).text("q", 10), "q");
        assertBad(() -> Parameters.parse("q=a%00b").text("q", 10), "q");
        assertBad(() -> Parameters.parse("errors=yes").flag("errors"), "errors");
    }

    @Test
    void neverRepeatsALongOrBrokenValue() {
        assertThatThrownBy(() -> Parameters.parse("errors=" + "%1B[31m%0A" + "x".repeat(5000))
                        .flag("errors"))
                .satisfies(problem -> assertThat(problem.getMessage())
                        .hasSizeLessThan(200)
                        .doesNotContain("\n")
                        .doesNotContain("\u001b"));
    }

    private static void assertBad(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String name) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(400))
                .hasMessageContaining(name);
    }
}
