package io.mimic.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What several rounds gave: the middle one, the least and the greatest. */
record Spread(double median, double least, double greatest) {
    static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return new Spread(median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    /** The median of the ratios round by round, so that a drift of the machine meets both sides. */
    static <T> double ratio(List<T> rounds, List<T> reference, ToDoubleFunction<T> figure) {
        double[] ratios = new double[rounds.size()];
        Arrays.setAll(
                ratios, round -> figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(reference.get(round)));
        Arrays.sort(ratios);
        return median(ratios);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** As {@code 1,234 (1,200 – 1,300)}. */
    String told() {
        return told("%,.0f");
    }

    /** @param format of one figure */
    String told(String format) {
        return String.format(Locale.ROOT, format + " (" + format + " – " + format + ")", median, least, greatest);
    }
}
