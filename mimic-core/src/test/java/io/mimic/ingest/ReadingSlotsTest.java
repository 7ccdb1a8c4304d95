package io.mimic.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingSlotsTest {
    private final ReadingSlots slots = new ReadingSlots(64);

    @Test
    void oneSenderLeavesHalfOfThePlacesToOthers() {
        assertThat(entered("one", 100)).isEqualTo(32);
        assertThat(entered("two", 100)).isEqualTo(16);
        assertThat(IntStream.range(0, 100)
                        .filter(i -> slots.enter("visitor " + i))
                        .count())
                .isEqualTo(16);
    }

    @Test
    void whoLeavesMakesRoom() {
        assertThat(entered("one", 100)).isEqualTo(32);
        for (int i = 0; i < 32; i++) {
            slots.leave("one");
        }
        assertThat(entered("two", 100)).isEqualTo(32);
        assertThat(entered("one", 100)).isEqualTo(16);
    }

    private int entered(String sender, int tries) {
        return (int) IntStream.range(0, tries).filter(i -> slots.enter(sender)).count();
    }
}
