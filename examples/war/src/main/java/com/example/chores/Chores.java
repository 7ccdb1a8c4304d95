package com.example.chores;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The household's list, in memory. Thread-safe. */
final class Chores {
    private final Map<Integer, Chore> chores = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** With a few to begin with. */
    static Chores ofANewHousehold(LocalDate today) {
        Chores chores = new Chores();
        chores.add("Descale the kettle", "Mia", today.minusDays(1), "Vinegar is under the sink.");
        chores.add("Water the tomatoes", "Jon", today, "");
        chores.add("Take the glass to the container", "Mia", today.plusDays(2), "");
        chores.add("Ring the chimney sweep", "Ada", today.plusDays(9), "He is out on Fridays.");
        return chores;
    }

    /** What is open first, then by day. */
    List<Chore> all() {
        return chores.values().stream()
                .sorted(Comparator.comparing(Chore::done)
                        .thenComparing(Chore::due)
                        .thenComparing(Chore::id))
                .toList();
    }

    Optional<Chore> find(int id) {
        return Optional.ofNullable(chores.get(id));
    }

    Chore add(String title, String who, LocalDate due, String note) {
        if (title.isBlank()) {
            throw new IllegalArgumentException("A chore needs a title");
        }
        Chore chore = new Chore(ids.incrementAndGet(), title.strip(), who, due, note, false);
        chores.put(chore.id(), chore);
        return chore;
    }

    void change(int id, UnaryOperator<Chore> change) {
        chores.computeIfPresent(id, (same, chore) -> change.apply(chore));
    }

    void remove(int id) {
        chores.remove(id);
    }
}
