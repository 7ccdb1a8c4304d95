package io.mimic.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the benchmarks of the Java side and prints Markdown: {@code bin/bench [quick|full] [NAME…]}. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs those that are named, or all.
     *
     * @param arguments {@code quick} (default) or {@code full}, which has longer and more rounds; then names: {@code hosting}, {@code pages}, {@code start}, {@code jmh}, {@code ingest},
     *     {@code redis}, {@code catalog}, {@code compression}
     * @throws Exception when the working folder cannot be made, or a server cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        boolean full = arguments.length > 0 && arguments[0].equals("full");
        int rounds = full ? 9 : 5;
        long roundMillis = full ? 10_000 : 3_000;
        System.out.printf(
                "%s, Java %s, %s, %d processors, %d rounds of %d ms each%n",
                Instant.now(),
                Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                roundMillis);
        Path folder = Files.createTempDirectory("mimic-benchmarks");
        try {
            Set<String> names = Set.of(arguments).stream()
                    .filter(name -> !name.equals("quick") && !name.equals("full"))
                    .collect(Collectors.toSet());
            for (Map.Entry<String, Benchmark> each :
                    all(folder, full, rounds, roundMillis).entrySet()) {
                if (names.isEmpty() || names.contains(each.getKey())) {
                    each.getValue().run();
                }
            }
        } finally {
            delete(folder);
        }
    }

    private static Map<String, Benchmark> all(Path folder, boolean full, int rounds, long roundMillis) {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("hosting", new PassThroughBenchmark(folder, rounds, roundMillis)::run);
        all.put("pages", new PagesBenchmark(folder, rounds, roundMillis)::run);
        all.put("start", new StartBenchmark(folder, rounds)::run);
        all.put("jmh", new HotPieces(full ? 3 : 1, full ? 5 : 3)::run);
        all.put("ingest", new IngestBenchmark(folder, rounds, roundMillis)::run);
        all.put("redis", new RedisBenchmark(rounds, roundMillis)::run);
        all.put("compression", new CompressionBenchmark(rounds)::run);
        all.put("catalog", new CatalogBenchmark(folder, full ? 1_000_000 : 50_000, full ? 200 : 40)::run);
        return all;
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
