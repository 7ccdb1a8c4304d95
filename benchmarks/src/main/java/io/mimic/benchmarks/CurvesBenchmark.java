package io.mimic.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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
            stores.warmUp(BYTES);
            System.out.printf(
                    "%nµs for a batch of %,d bytes on one connection, sent in turn for each of the active sessions: median of the batches; median of the rounds (their spread). (b) is the servlet with the bare store command, measured in turn with it.%n%n",
                    BYTES);
            System.out.println("| active sessions | | (b) | MIMIC | of (b) |\n|---:|---|---:|---:|---:|");
            for (int active : ACTIVE) {
                Map<String, List<Double>> rounds = measure(stores, active);
                rows(active, rounds, stores.hosts());
                figures.put(active, ofMimic(rounds, stores.hosts()));
            }
        }
        plot(figures);
    }

    /** @return µs a batch, on one connection, in turn for each of the sessions */
    private Map<String, List<Double>> measure(IngestStores stores, int active) {
        Alternation<Double> alternation = new Alternation<>();
        stores.hosts().forEach((name, host) -> {
            Batches batches = new Batches(IngestStores.PROJECT, BYTES);
            batches.nextRun();
            HttpLoad.Requests inTurn = batches.inTurn(host.path(), active);
            if (active > 1 && host.isMimic()) {
                new HttpLoad(host.port(), FILLING).fill(active, 202, batches.firstOf(host.path()));
            }
            alternation.variant(
                    name,
                    () -> new HttpLoad(host.port(), 1)
                                    .run(roundMillis, 202, inTurn)
                                    .latency()
                                    .getValueAtPercentile(50)
                            / 1e3);
        });
        return alternation.run(rounds);
    }

    private static Map<String, List<Double>> ofMimic(
            Map<String, List<Double>> figures, Map<String, IngestStores.Host> hosts) {
        Map<String, List<Double>> mimic = new LinkedHashMap<>(figures);
        mimic.keySet().removeIf(name -> !Objects.requireNonNull(hosts.get(name)).isMimic());
        return mimic;
    }

    private static void rows(int active, Map<String, List<Double>> figures, Map<String, IngestStores.Host> hosts) {
        ofMimic(figures, hosts).forEach((name, rounds) -> {
            List<Double> bare = Objects.requireNonNull(
                    figures.get(Objects.requireNonNull(hosts.get(name)).store()));
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %s | %s | %s | %.2f |%n",
                    active,
                    name,
                    Spread.of(bare, Double::doubleValue).told(),
                    Spread.of(rounds, Double::doubleValue).told(),
                    Spread.ratio(rounds, bare, Double::doubleValue));
        });
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
