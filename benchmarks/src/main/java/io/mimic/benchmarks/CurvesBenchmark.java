package io.mimic.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** How the cost of a batch grows with the sessions that are active beside it. */
final class CurvesBenchmark {
    private static final int BYTES = 3_000;
    private static final int FILLING = 16;
    private static final int[] ACTIVE = {1, 100, 10_000};

    private final Path folder;
    private final int rounds;
    private final long roundMillis;
    private final Plots plots;

    CurvesBenchmark(Path folder, int rounds, long roundMillis, Plots plots) {
        this.folder = folder;
        this.rounds = rounds;
        this.roundMillis = roundMillis;
        this.plots = plots;
    }

    void run() throws Exception {
        Map<Integer, Map<String, List<Double>>> figures = new LinkedHashMap<>();
        try (IngestStores stores = new IngestStores(folder.resolve("curves"))) {
            for (int active : ACTIVE) {
                figures.put(active, measure(stores, active));
            }
        }
        table(figures);
        plot(figures);
    }

    /** @return µs a batch, on one connection, in turn for each of the sessions */
    private Map<String, List<Double>> measure(IngestStores stores, int active) {
        Alternation<Double> alternation = new Alternation<>();
        stores.hosts().forEach((name, host) -> {
            if (host.path().endsWith("/ingest")) {
                Batches batches = new Batches(IngestStores.PROJECT, BYTES);
                batches.nextRun();
                HttpLoad.Requests inTurn = batches.inTurn(host.path(), active);
                if (active > 1) {
                    new HttpLoad(host.port(), FILLING).fill(active, 202, batches.firstOf(host.path()));
                }
                alternation.variant(
                        name,
                        () -> new HttpLoad(host.port(), 1)
                                        .run(roundMillis, 202, inTurn)
                                        .latency()
                                        .getValueAtPercentile(50)
                                / 1e3);
            }
        });
        return alternation.run(rounds);
    }

    private static void table(Map<Integer, Map<String, List<Double>>> figures) {
        System.out.printf(
                "%nµs (median of the batches; median of the rounds, their spread) for a batch of %,d bytes on one connection, sent in turn for each of the active sessions:%n%n",
                BYTES);
        Map<String, List<Double>> first = figures.values().iterator().next();
        System.out.println("| active sessions | " + String.join(" | ", first.keySet()) + " |\n|---:|"
                + first.keySet().stream().map(name -> "---:|").collect(Collectors.joining()));
        figures.forEach((active, stores) -> System.out.printf(
                Locale.ROOT,
                "| %,d | %s |%n",
                active,
                stores.values().stream()
                        .map(rounds -> Spread.of(rounds, Double::doubleValue).told())
                        .collect(Collectors.joining(" | "))));
    }

    private void plot(Map<Integer, Map<String, List<Double>>> figures) throws IOException {
        Map<String, List<Plots.Point>> lines = new LinkedHashMap<>();
        figures.forEach((active, stores) -> stores.forEach((name, rounds) -> Objects.requireNonNull(
                        lines.computeIfAbsent(name, key -> new ArrayList<>()))
                .add(new Plots.Point(
                        active, Spread.of(rounds, Double::doubleValue).median()))));
        plots.lines(
                "active-sessions",
                "A batch of 3 KB beside active sessions",
                new Plots.Axis("active sessions", true),
                new Plots.Axis("µs, median", false),
                lines);
    }
}
