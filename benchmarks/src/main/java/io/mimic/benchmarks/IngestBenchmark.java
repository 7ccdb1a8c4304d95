package io.mimic.benchmarks;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.servlet.MimicFilter;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.time.Duration;

/** Batches a second into the embedded store, against a bare servlet that reads the same body and appends it to a file. */
final class IngestBenchmark {
    private static final String PROJECT = "benchmark";
    private static final int CONNECTIONS = 16;

    private final Path folder;
    private final int rounds;
    private final long roundMillis;

    IngestBenchmark(Path folder, int rounds, long roundMillis) {
        this.folder = folder;
        this.rounds = rounds;
        this.roundMillis = roundMillis;
    }

    void run() {
        for (int bytes : new int[] {3_000, 54_000}) {
            System.out.printf("%n### Ingest, batches of %,d bytes, %d connections%n%n", bytes, CONNECTIONS);
            System.out.println(compare(bytes));
        }
    }

    private String compare(int bytes) {
        Path place = folder.resolve("ingest-" + bytes);
        try (BenchServer plain =
                        new BenchServer(place.resolve("plain"), new AppendServlet(file("plain", bytes), false), null);
                BenchServer synced =
                        new BenchServer(place.resolve("synced"), new AppendServlet(file("synced", bytes), true), null);
                Mimic mimic = Mimic.start(config(place));
                BenchServer hosted =
                        new BenchServer(place.resolve("mimic"), new HttpServlet() {}, new MimicFilter(mimic))) {
            Batches batches = new Batches(PROJECT, bytes);
            awaitRecording(mimic);
            return new Comparison("batches/s")
                    .variant(
                            "bare servlet, file synced before each answer",
                            () -> perSecond(synced.port(), "/", batches))
                    .variant("bare servlet, file not synced", () -> perSecond(plain.port(), "/", batches))
                    .variant("MIMIC, embedded store", () -> perSecond(hosted.port(), "/mimic/ingest", batches))
                    .run(rounds);
        }
    }

    private Path file(String name, int bytes) {
        return folder.resolve(name + "-" + bytes + ".bin");
    }

    private double perSecond(int port, String path, Batches batches) {
        batches.nextRun();
        return new HttpLoad(port, CONNECTIONS)
                .run(roundMillis, 202, batches.posts(path))
                .perSecond();
    }

    private static MimicConfig config(Path place) {
        return MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, place.resolve("data").toString())
                .with(MimicSetting.PROJECT_ID, PROJECT)
                .with(MimicSetting.INGEST_RATE_SESSION, 0)
                .with(MimicSetting.INGEST_RATE_ADDRESS, 0)
                .with(MimicSetting.INGEST_RATE_PROJECT, 0)
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password");
    }

    private static void awaitRecording(Mimic mimic) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!mimic.health().up()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("MIMIC does not record: " + mimic.health());
            }
            Thread.onSpinWait();
        }
    }
}
