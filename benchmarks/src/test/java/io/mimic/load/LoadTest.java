package io.mimic.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class LoadTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void everythingThatVisitorsWereAcknowledgedIsReadBack(@TempDir Path folder) throws Exception {
        Map<String, String> settings =
                Map.of("mimic.session.timeout", "2s", "mimic.session.grace", "1s", "mimic.flush-interval", "1s");
        try (LoadNode node = LoadNode.start(folder, "embedded", settings, "256m")) {
            int sessions = 0;
            long secondWindows = 0;
            for (boolean closed : new boolean[] {false, true}) {
                LoadReport report = Load.run(plan(closed), node.target(), Recording.own(), PATIENCE);
                assertThat(report.batches()).isGreaterThan(report.visits());
                assertThat(report.readBack().whole())
                        .as(report.readBack().told() + ", wrong "
                                + report.found().wrong())
                        .isTrue();
                assertThat(report.response().getTotalCount()).isEqualTo(report.batches());
                assertThat(report.response().getMaxValue()).isPositive();
                assertThat(report.torn())
                        .as("visitors in more than one session")
                        .isZero();
                sessions += report.recorded();
                assertThat(report.readBack().sessions())
                        .as("one for each visitor")
                        .isEqualTo(sessions);
                secondWindows += report.secondWindows();
            }
            assertThat(secondWindows).as("half of the visitors open one").isPositive();
        }
    }

    private static LoadPlan plan(boolean closed) {
        return new LoadPlan(
                10,
                Duration.ofSeconds(5),
                closed ? 1 : 10,
                Duration.ZERO,
                closed,
                Duration.ofMillis(closed ? 100 : 2_000),
                Duration.ofSeconds(5),
                0.5,
                true);
    }
}
