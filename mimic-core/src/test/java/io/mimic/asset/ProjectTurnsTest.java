package io.mimic.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectTurnsTest {
    private final ProjectTurns<String> turns = new ProjectTurns<>(4);

    @Test
    void oneOfEachProjectInTurn() {
        for (String work : List.of("a1", "a2", "a3", "b1")) {
            assertThat(add(work)).isTrue();
        }
        assertThat(turns.next()).isEqualTo("a1");
        assertThat(add("c1")).isTrue();
        assertThat(rest()).containsExactly("b1", "a2", "c1", "a3");
        assertThat(turns.next()).isNull();
    }

    @Test
    void whoHasMostLosesTheNewest() {
        for (String work : List.of("a1", "a2", "a3", "a4")) {
            assertThat(add(work)).isTrue();
        }
        assertThat(add("a5")).as("itself is lost").isFalse();
        assertThat(add("b1")).as("a4 is lost for it").isFalse();
        assertThat(add("b2")).as("a3 is lost for it").isFalse();
        assertThat(add("b3")).as("would have more than the other").isFalse();
        assertThat(add("c1")).as("a2 is lost for it").isFalse();
        assertThat(add("d1")).as("b2 is lost for it").isFalse();
        assertThat(add("e1")).as("nobody has more than one").isFalse();
        assertThat(rest()).containsExactly("a1", "b1", "c1", "d1");
        assertThat(add("a6")).isTrue();
        assertThat(rest()).containsExactly("a6");
    }

    /** The first letter is the project. */
    private boolean add(String work) {
        return turns.add(work.substring(0, 1), work);
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        for (String next = turns.next(); next != null; next = turns.next()) {
            rest.add(next);
        }
        return rest;
    }
}
