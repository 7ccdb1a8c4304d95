package io.mimic.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What MIMIC with its embedded store adds to the start of its host: JVMs of their own, with and without it in turn. */
final class StartBenchmark {
    private static final Pattern TOLD = Pattern.compile("page (\\d+) recording (\\d+)");

    private final Path folder;
    private final int rounds;
    private int runs;

    StartBenchmark(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    void run() {
        System.out.printf("%n### Start of a host, embedded store, new data directory each time%n%n");
        System.out.println(new Comparison("ms from the JVM's start")
                .variant("first page, without MIMIC", () -> started("without", 1))
                .variant("first page, with MIMIC", () -> started("with", 1))
                .variant("first batch could be taken", () -> started("with", 2))
                .run(rounds));
    }

    private double started(String how, int figure) {
        try {
            Process host = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            StartedHost.class.getName(),
                            Files.createDirectories(folder.resolve("start-" + runs++))
                                    .toString(),
                            how)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    Matcher told = TOLD.matcher(line);
                    if (told.matches()) {
                        return Double.parseDouble(told.group(figure));
                    }
                }
            }
            throw new IllegalStateException("The host has not started.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
