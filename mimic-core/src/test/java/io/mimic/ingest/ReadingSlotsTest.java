package io.mimic.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingSlotsTest {
    private long now;
    private final ReadingSlots slots = new ReadingSlots(64, 1_000, () -> now);

    @Test
    void oneSenderLeavesHalfOfThePlacesToOthers() {
        assertThat(entered("one")).hasSize(32);
        assertThat(entered("two")).hasSize(16);
        assertThat(IntStream.range(0, 100)
                        .filter(i -> slots.enter("visitor " + i) != null)
                        .count())
                .isEqualTo(16);
    }

    @Test
    void whoLeavesMakesRoom() {
        entered("one").forEach(slots::leave);
        assertThat(entered("two")).hasSize(32);
        assertThat(entered("one")).hasSize(16);
    }

    @Test
    void bodiesThatNeverComeHoldNoPlaceForEver() {
        List<ReadingSlots.Place> stalled = IntStream.range(0, 8)
                .mapToObj(i -> entered("attacker " + i))
                .flatMap(List::stream)
                .toList();
        assertThat(stalled).hasSize(64);
        now = 1_000;
        assertThat(entered("visitor")).isEmpty();

        now = 1_001;
        assertThat(entered("visitor")).hasSize(32);
        stalled.forEach(slots::leave);
        assertThat(entered("visitor"))
                .as("what was taken back is not given back twice")
                .isEmpty();
    }

    private List<ReadingSlots.Place> entered(String sender) {
        return IntStream.range(0, 100)
                .mapToObj(i -> slots.enter(sender))
                .filter(Objects::nonNull)
                .toList();
    }
}
