package io.mimic.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures several variants in alternating rounds (A B C, A B C, …), so that a drift of the machine meets all of them. */
final class Alternation<T> {
    private final Map<String, Supplier<T>> variants = new LinkedHashMap<>();

    Alternation<T> variant(String name, Supplier<T> round) {
        variants.put(name, round);
        return this;
    }

    /** Runs one uncounted round of each, then {@code rounds} counted ones. */
    Map<String, List<T>> run(int rounds) {
        Map<String, List<T>> figures = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            if (round == 0) {
                figures.clear(); // the round before warmed up
            }
            variants.forEach((name, measure) ->
                    figures.computeIfAbsent(name, key -> new ArrayList<>()).add(measure.get()));
        }
        return figures;
    }
}
