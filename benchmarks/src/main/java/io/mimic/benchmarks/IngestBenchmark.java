package io.mimic.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * Batches a second into each buffer, beside two servlets in the same container: one that reads the same body and discards it, and one that hands it
 * to the same store by a bare command.
 */
final class IngestBenchmark {
    private static final int CONNECTIONS = 16;
    private static final int[] SIZES = {3_000, 54_000, 500_000};

    private final Path folder;
    private final int rounds;
    private final long roundMillis;

    IngestBenchmark(Path folder, int rounds, long roundMillis) {
        this.folder = folder;
        this.rounds = rounds;
        this.roundMillis = roundMillis;
    }

    /** @param perCore batches in a second of processor time, of all but the load itself */
    private record Round(double perSecond, double perCore, Histogram latency) {}

    void run() throws Exception {
        try (IngestStores stores = new IngestStores(folder.resolve("ingest"))) {
            stores.warmUp(SIZES);
            for (int bytes : SIZES) {
                table(bytes, measure(stores, bytes), stores.hosts());
            }
        }
    }

    private Map<String, List<Round>> measure(IngestStores stores, int bytes) {
        Batches batches = new Batches(IngestStores.PROJECT, bytes);
        ProcessorTime processor = new ProcessorTime(stores.servers(), true);
        Alternation<Round> alternation = new Alternation<>();
        stores.hosts()
                .forEach((name, host) -> alternation.variant(name, () -> {
                    batches.nextRun();
                    stores.emptyRedis();
                    long before = processor.ns();
                    HttpLoad.Result result =
                            new HttpLoad(host.port(), CONNECTIONS).run(roundMillis, 202, batches.posts(host.path()));
                    double cores = (processor.ns() - before - result.loadCpuNs()) / 1e9;
                    return new Round(result.perSecond(), result.latency().getTotalCount() / cores, result.latency());
                }));
        return alternation.run(rounds);
    }

    private static void table(int bytes, Map<String, List<Round>> figures, Map<String, IngestStores.Host> hosts) {
        System.out.printf(
                Locale.ROOT,
                "%nBatches of %,d bytes (%,d as sent), %d connections; MB/s are inflated ones; ms are p50 / p99 / p99.9:%n%n",
                bytes,
                new Batches(IngestStores.PROJECT, bytes).sentBytes(),
                CONNECTIONS);
        System.out.println(
                "| | batches/s | MB/s | of (a) | of (b) | batches per second of a core | of (b) | ms |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        List<Round> discards = figures.get(IngestStores.DISCARDS);
        figures.forEach((name, rounds) -> {
            List<Round> bare = Objects.requireNonNull(
                    figures.get(Objects.requireNonNull(hosts.get(name)).store()));
            Spread perSecond = Spread.of(rounds, Round::perSecond);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.2f | %s | %,.0f | %s | %s |%n",
                    name,
                    perSecond.told(),
                    perSecond.median() * bytes / 1e6,
                    Spread.ratio(rounds, Objects.requireNonNull(discards), Round::perSecond),
                    bare == rounds ? "" : ratio(rounds, bare, Round::perSecond),
                    Spread.of(rounds, Round::perCore).median(),
                    bare == rounds ? "" : ratio(rounds, bare, Round::perCore),
                    latency(rounds));
        });
    }

    private static String ratio(
            List<Round> rounds, List<Round> reference, java.util.function.ToDoubleFunction<Round> figure) {
        return String.format(Locale.ROOT, "**%.2f**", Spread.ratio(rounds, reference, figure));
    }

    private static String latency(List<Round> rounds) {
        Histogram all = new Histogram(3);
        rounds.forEach(round -> all.add(round.latency()));
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f / %.1f",
                all.getValueAtPercentile(50) / 1e6,
                all.getValueAtPercentile(99) / 1e6,
                all.getValueAtPercentile(99.9) / 1e6);
    }
}
