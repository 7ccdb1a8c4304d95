package com.example.chores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ChoresTest {
    private static final LocalDate TODAY = LocalDate.of(2025, 10, 6);

    private final Chores chores = Chores.ofANewHousehold(TODAY);

    @Test
    void whatIsDoneGoesToTheEnd() {
        Chore first = chores.all().get(0);

        chores.change(first.id(), chore -> chore.withDone(true));

        assertEquals(first.id(), chores.all().get(3).id());
    }

    @Test
    void whatIsRemovedIsGone() {
        Chore chore = chores.add("Sweep the stairs", "Ada", TODAY, "");

        chores.remove(chore.id());

        assertTrue(chores.find(chore.id()).isEmpty());
    }

    @Test
    void aChoreNeedsATitle() {
        assertThrows(IllegalArgumentException.class, () -> chores.add("  ", "Ada", TODAY, ""));
    }
}
