package io.mimic.benchmarks;

import io.mimic.load.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What compressing a visit takes and gives, by codec and level, beside gzip -6. The visits are recordings: the project's own, or those of the folder
 * that {@code MIMIC_BENCH_RECORDINGS} names.
 */
final class CompressionBenchmark {
    private static final String REFERENCE = "gzip -6";
    private static final long LEAST_NS = 20_000_000;

    private final int rounds;
    private final Plots plots;

    CompressionBenchmark(int rounds, Plots plots) {
        this.rounds = rounds;
        this.plots = plots;
    }

    /** @param cpuNs of one whole visit */
    private record Round(long bytes, double cpuNs) {}

    void run() throws IOException {
        for (Visit visit : visits()) {
            Alternation<Round> alternation = new Alternation<>();
            Codec.all().forEach(codec -> alternation.variant(codec.name(), () -> round(codec, visit.parts())));
            Map<String, List<Round>> figures = alternation.run(rounds);
            table(visit, figures);
            plot(visit, figures);
        }
    }

    /**
     * @param parts timeline and DOM, as the archive keeps them
     */
    private record Visit(String name, double minutes, List<byte[]> parts) {
        long bytes() {
            return parts.stream().mapToLong(part -> part.length).sum();
        }
    }

    private static List<Visit> visits() throws IOException {
        List<Visit> visits = new ArrayList<>();
        for (Recording recording : Recording.all()) {
            visits.add(new Visit(
                    recording.name().replaceFirst("\\.json$", ""), recording.lengthMs() / 60_000.0, recording.parts()));
        }
        return visits;
    }

    /** Again and again, so that a small visit is measured as exactly as a large one. */
    private static Round round(Codec codec, List<byte[]> parts) {
        long began = Codec.cpuNs();
        long bytes = 0;
        int times = 0;
        do {
            bytes = codec.size(parts);
            times++;
        } while (Codec.cpuNs() - began < LEAST_NS);
        return new Round(bytes, (Codec.cpuNs() - began) / (double) times);
    }

    private static void table(Visit visit, Map<String, List<Round>> figures) {
        System.out.printf(
                Locale.ROOT,
                "%n**%s**: %,d bytes of events, %.1f minutes%n%n",
                visit.name(),
                visit.bytes(),
                visit.minutes());
        System.out.println(
                "| codec | stored bytes of gzip -6 | processor of gzip -6 | MB/s (min – max) | bytes a session-minute | encoder's heap |\n|---|---:|---:|---:|---:|---:|");
        List<Round> reference = Objects.requireNonNull(figures.get(REFERENCE));
        for (Codec codec : Codec.all()) {
            List<Round> rounds = Objects.requireNonNull(figures.get(codec.name()));
            System.out.printf(
                    Locale.ROOT,
                    codec.usual()
                            ? "| **%s** | **%.2f** | **%.2f** | %s | %,d | %s |%n"
                            : "| %s | %.2f | %.2f | %s | %,d | %s |%n",
                    codec.name(),
                    Spread.ratio(rounds, reference, Round::bytes),
                    Spread.ratio(rounds, reference, Round::cpuNs),
                    Spread.of(rounds, round -> visit.bytes() * 1e3 / round.cpuNs())
                            .told("%,.1f"),
                    Math.round(rounds.get(0).bytes() / visit.minutes()),
                    codec.heap());
        }
    }

    private void plot(Visit visit, Map<String, List<Round>> figures) throws IOException {
        List<Round> reference = Objects.requireNonNull(figures.get(REFERENCE));
        Map<String, List<Plots.Point>> lines = new LinkedHashMap<>();
        for (Codec codec : Codec.all()) {
            List<Round> rounds = Objects.requireNonNull(figures.get(codec.name()));
            lines.computeIfAbsent(codec.family(), key -> new ArrayList<>())
                    .add(new Plots.Point(
                            Spread.ratio(rounds, reference, Round::cpuNs),
                            Spread.ratio(rounds, reference, Round::bytes)));
        }
        plots.lines(
                "codecs-" + visit.name(),
                "Compressing " + visit.name() + ": left is faster, lower is smaller",
                new Plots.Axis("processor time, of gzip -6 (each point a level)", true),
                new Plots.Axis("stored bytes, of gzip -6", false),
                lines);
    }
}
