package io.mimic.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.catalog.MarkerRow;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureNameTest {
    @Test
    void numbersAndIdsDoNotTellErrorsApart() {
        assertThat(FailureName.of("RangeError: 12 of 30 in 018f2c3e-7a1b-7c55-9a8e-0123456789ab"))
                .isEqualTo("RangeError: # of # in #");
    }

    @Test
    void statusOfARequestStays() {
        assertThat(FailureName.of("404 GET /p/17/reviews/3")).isEqualTo("404 GET /p/#/reviews/#");
        assertThat(FailureName.of("404")).isEqualTo("404");
    }

    @Test
    void theSameWhetherTheLabelWasCutBeforeOrNot() {
        String label = "Error: " + "long ".repeat(60);
        String cut = label.substring(0, 199) + "…";
        assertThat(FailureName.of(label)).isEqualTo(FailureName.of(cut));
    }

    @Test
    void errorsAndRequestsCountAndNoMoreThanTwoHundred() {
        List<MarkerRow> markers = IntStream.range(0, 500)
                .mapToObj(i -> new MarkerRow(i, "error", "Error: " + "x".repeat(i % 100) + "y".repeat(i / 100)))
                .toList();
        assertThat(FailureName.of(markers)).hasSize(200);
        assertThat(FailureName.of(List.of(
                        new MarkerRow(1, "rage", "Buy"),
                        new MarkerRow(2, "error", " \n "),
                        new MarkerRow(3, "request", "500 GET /a"))))
                .containsExactly("500 GET /a");
    }
}
