package io.mimic.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** Runs the benchmarks of the Java side and prints Markdown: {@code bin/bench [quick|full]}. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs them all.
     *
     * @param arguments {@code quick} (default) or {@code full}, which has longer and more rounds
     * @throws IOException when the working folder cannot be made
     */
    public static void main(String[] arguments) throws IOException {
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
            new PassThroughBenchmark(folder, rounds, roundMillis).run();
            new IngestBenchmark(folder, rounds, roundMillis).run();
        } finally {
            delete(folder);
        }
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
