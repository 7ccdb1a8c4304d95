package io.mimic.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Measures several variants in alternating rounds (A B C, A B C, …), so that a drift of the machine meets all of them, and prints each
 * median with its spread and its ratio to the reference: the median of the ratios round by round.
 */
final class Comparison {
    private final String unit;
    private final Map<String, DoubleSupplier> variants = new LinkedHashMap<>();

    /** @param unit of what the suppliers measure, for the table */
    Comparison(String unit) {
        this.unit = unit;
    }

    /** Adds a variant; the first one is the reference. A supplier runs one round and answers its figure. */
    Comparison variant(String name, DoubleSupplier round) {
        variants.put(name, round);
        return this;
    }

    /** Runs one uncounted round of each, then {@code rounds} counted ones, and answers a Markdown table. */
    String run(int rounds) {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            if (round == 0) {
                figures.clear(); // the round before warmed up
            }
            variants.forEach((name, measure) ->
                    figures.computeIfAbsent(name, key -> new ArrayList<>()).add(measure.getAsDouble()));
        }
        return table(figures);
    }

    private String table(Map<String, List<Double>> figures) {
        List<Double> reference = figures.values().iterator().next();
        StringBuilder table =
                new StringBuilder("| | median " + unit + " | min – max | ratio |\n|---|---:|---:|---:|\n");
        figures.forEach((name, values) -> {
            double[] ratios = new double[values.size()];
            Arrays.setAll(ratios, round -> values.get(round) / reference.get(round));
            double[] sorted = sorted(values);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.2f | %,.2f – %,.2f | %.3f |%n",
                    name,
                    median(sorted),
                    sorted[0],
                    sorted[sorted.length - 1],
                    median(Arrays.stream(ratios).sorted().toArray())));
        });
        return table.toString();
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
