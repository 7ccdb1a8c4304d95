package io.mimic.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs the benchmarks of the Java side, prints Markdown, and writes it into docs/performance.md: {@code bin/bench [quick|full] [NAME…]}. With
 * {@code page NAME FILE} it writes what another program has printed.
 */
public final class Benchmarks {
    private static final Path DOCS = Path.of("docs");
    private static final PerformancePage PAGE = new PerformancePage(DOCS.resolve("performance.md"));

    private Benchmarks() {}

    /**
     * Runs those that are named, or all.
     *
     * @param arguments {@code quick} (default) or {@code full}, which has longer and more rounds; then names: {@code hosting}, {@code pages}, {@code start}, {@code jmh}, {@code ingest},
     *     {@code redis}, {@code sessions}, {@code curves}, {@code catalog}, {@code stored}, {@code compression}; {@code catalog-fill}, which is never run unnamed, makes the rows that {@code catalog} finds
     *     afterwards
     * @throws Exception when the working folder cannot be made, or a server cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        boolean full = arguments.length > 0 && arguments[0].equals("full");
        if (arguments.length == 4 && arguments[1].equals("page")) {
            String machine = Machine.told("bin/bench " + arguments[0] + " " + arguments[2]);
            String printed = Files.readString(Path.of(arguments[3])).strip();
            write(arguments[2], full, machine + "\n\n" + printed);
            return;
        }
        int rounds = full ? 9 : 3;
        long roundMillis = full ? 10_000 : 1_000;
        Path folder = Files.createTempDirectory("mimic-benchmarks");
        try {
            Set<String> names = Set.of(arguments).stream()
                    .filter(name -> !name.equals("quick") && !name.equals("full"))
                    .collect(Collectors.toSet());
            for (Map.Entry<String, Benchmark> each :
                    all(folder, full, rounds, roundMillis).entrySet()) {
                if (names.isEmpty() || names.contains(each.getKey())) {
                    String machine = Machine.told("bin/bench " + (full ? "full" : "quick") + " " + each.getKey());
                    write(
                            each.getKey(),
                            full,
                            machine + "\n\n"
                                    + printed(each.getKey(), each.getValue()).strip());
                }
            }
            if (names.contains("catalog-fill")) {
                catalog(folder, full, false).run();
            }
        } finally {
            delete(folder);
        }
    }

    private static void write(String name, boolean full, String text) throws IOException {
        boolean written = PAGE.write(name, full, text);
        System.out.printf(
                "(%s: %s, %d s after the start)%n%n",
                name,
                written ? "written to docs/performance.md" : "docs/performance.md keeps what it has",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1_000);
    }

    /** Shows what the benchmark prints while it runs, and answers it at its end. */
    private static String printed(String name, Benchmark benchmark) throws Exception {
        PrintStream screen = System.out;
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        screen.println("## " + name);
        System.setOut(new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        screen.write(b);
                        copy.write(b);
                    }
                },
                true,
                StandardCharsets.UTF_8));
        try {
            benchmark.run();
        } finally {
            System.setOut(screen);
        }
        return copy.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Benchmark> all(Path folder, boolean full, int rounds, long roundMillis)
            throws IOException {
        Plots plots = new Plots(DOCS.resolve("performance"));
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("hosting", new PassThroughBenchmark(folder, rounds, roundMillis)::run);
        all.put("pages", new PagesBenchmark(folder, rounds, roundMillis)::run);
        all.put("start", new StartBenchmark(folder, rounds)::run);
        all.put("jmh", new HotPieces(full ? 3 : 1, full ? 300 : 100)::run);
        all.put("ingest", new IngestBenchmark(folder, rounds, roundMillis)::run);
        all.put("redis", new RedisBenchmark(rounds, roundMillis)::run);
        all.put("sessions", new SessionsBenchmark(folder, full)::run);
        all.put("curves", new CurvesBenchmark(folder, rounds, roundMillis / 2, plots)::run);
        all.put("compression", new CompressionBenchmark(rounds, plots)::run);
        all.put("catalog", catalog(folder, full, true)::run);
        Plots curve = PAGE.takes("stored", full) ? plots : new Plots(folder);
        all.put("stored", new StoredBenchmark(folder, stored(full), full ? 200 : 60, curve)::run);
        return all;
    }

    private static int stored(boolean full) {
        String most = System.getenv("MIMIC_BENCH_STORED");
        return most != null ? Integer.parseInt(most) : full ? 10_000_000 : 100_000;
    }

    private static CatalogBenchmark catalog(Path folder, boolean full, boolean measured) {
        String kept = System.getenv("MIMIC_BENCH_CATALOG");
        String sessions = System.getenv("MIMIC_BENCH_SESSIONS");
        return new CatalogBenchmark(
                kept == null ? folder.resolve("catalog") : Path.of(kept),
                sessions != null ? Integer.parseInt(sessions) : full ? 1_000_000 : 20_000,
                full ? 200 : 40,
                measured);
    }

    @FunctionalInterface
    private interface Benchmark {
        void run() throws Exception;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
