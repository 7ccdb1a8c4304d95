package io.mimic.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeqRangesTest {
    @Test
    void writesRunsAsRanges() {
        assertThat(of(9, 0, 2, 1, 4, 3, 6, 10, 11, 12)).hasToString("0-4,6,9-12");
        assertThat(new SeqRanges()).hasToString("");
    }

    @Test
    void findsHolesFromTheFirstBatchOn() {
        assertThat(of(2, 3, 6).holes()).containsExactly(new SeqRanges.Range(0, 1), new SeqRanges.Range(4, 5));
        assertThat(of(0, 1).holes()).isEmpty();
    }

    @Test
    void refusesTextOfAnotherForm() {
        for (String wrong : List.of("a", "3-1", "-1", "1-2-3", ",")) {
            assertThatIllegalArgumentException().isThrownBy(() -> SeqRanges.parse(wrong));
        }
    }

    @Property(tries = 300)
    void agreesWithABitSet(@ForAll @Size(max = 60) List<@IntRange(max = 80) Integer> these, @ForAll Random random) {
        BitSet expected = new BitSet();
        these.forEach(expected::set);
        SeqRanges ranges =
                SeqRanges.parse(of(these.stream().mapToInt(i -> i).toArray()).toString());
        BitSet others = new BitSet();
        random.ints(20, 0, 80).forEach(others::set);
        SeqRanges rest = ranges.without(of(others.stream().toArray()));
        BitSet expectedRest = (BitSet) expected.clone();
        expectedRest.andNot(others);
        for (int i = 0; i <= 81; i++) {
            assertThat(ranges.contains(i)).isEqualTo(expected.get(i));
            assertThat(rest.contains(i)).isEqualTo(expectedRest.get(i));
        }
    }

    private static SeqRanges of(int... seqs) {
        SeqRanges ranges = new SeqRanges();
        for (int seq : seqs) {
            ranges.add(seq);
        }
        return ranges;
    }
}
