package io.mimic.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Measures one figure of several variants in {@linkplain Alternation alternating rounds}, and prints each beside the first one, the reference. */
final class Comparison {
    private final String unit;
    private final Alternation<Double> variants = new Alternation<>();

    /** @param unit of what the suppliers measure, for the table */
    Comparison(String unit) {
        this.unit = unit;
    }

    /** Adds a variant; the first one is the reference. A supplier runs one round and answers its figure. */
    Comparison variant(String name, DoubleSupplier round) {
        variants.variant(name, round::getAsDouble);
        return this;
    }

    /** Runs one uncounted round of each, then {@code rounds} counted ones, and answers a Markdown table. */
    String run(int rounds) {
        Map<String, List<Double>> figures = variants.run(rounds);
        List<Double> reference = figures.values().iterator().next();
        StringBuilder table =
                new StringBuilder("| | median " + unit + " | min – max | ratio |\n|---|---:|---:|---:|\n");
        figures.forEach((name, values) -> {
            Spread spread = Spread.of(values, Double::doubleValue);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.2f | %,.2f – %,.2f | %.3f |%n",
                    name,
                    spread.median(),
                    spread.least(),
                    spread.greatest(),
                    Spread.ratio(values, reference, Double::doubleValue)));
        });
        return table.toString();
    }
}
