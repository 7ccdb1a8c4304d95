package io.mimic.benchmarks;

import io.mimic.faults.Found;
import io.mimic.load.Load;
import io.mimic.load.LoadNode;
import io.mimic.load.LoadPlan;
import io.mimic.load.LoadReport;
import io.mimic.load.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * What visitors at real speed and the default interval cost a node of their own, archiving of those who have gone included; and that everything is
 * there at the end.
 */
final class SessionsBenchmark {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String HEAP = "512m";

    private final Path folder;
    private final List<String> buffers;
    private final int visitors;
    private final Duration warmUp;
    private final Duration measured;

    SessionsBenchmark(Path folder, boolean full) {
        this.folder = folder;
        this.buffers = full ? LoadNode.BUFFERS : List.of("embedded", "redis");
        this.visitors = full ? 1_000 : 200;
        // sessions that ended are archived 15 s later: from then on as many end as begin
        this.warmUp = Duration.ofSeconds(full ? 90 : 20);
        this.measured = Duration.ofSeconds(full ? 90 : 15);
    }

    /**
     * @param cores that the node and its stores kept busy
     * @param heap bytes in use after a collection, of it; these three are 0 of (b)
     */
    private record Sample(double cores, long heap, long disk, long redis) {}

    /** What is taken at the end of the measured time, while visitors still play. */
    @FunctionalInterface
    private interface Sampling {
        Sample take(double cores) throws IOException, InterruptedException;
    }

    private record Played(Sample sample, LoadReport report) {}

    void run() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%n%,d visitors at real speed, a batch every 5 s, gzipped as the recorder does; measured for %d s after %d s. \"Session\" is one that is active. Answers in ms from when a batch was due. (b) is a host alone that keeps the sender's gzip by the one store command and ends, archives and shows nothing.%n%n",
                visitors,
                measured.toSeconds(),
                warmUp.toSeconds());
        System.out.println(
                "| | sessions a core | cores busy | sessions a core, of (b) | batches/s | p50 / p99 / p99.9 ms | heap a session | data directory a session | Redis a session | acknowledged, found again |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (String buffer : buffers) {
            Played bare = bare(buffer);
            print("(b), " + buffer, bare, bare, "– | – | – | –");
            Played mimic = mimic(buffer);
            print("MIMIC, " + buffer, mimic, bare, kept(buffer, mimic));
        }
    }

    private Played bare(String buffer) throws Exception {
        Path place = Files.createDirectories(folder.resolve("sessions-bare-" + buffer));
        try (BareNode node = BareNode.start(place, buffer, HEAP)) {
            return play(
                    plan -> Load.unread(plan, node.target(), Recording.all()),
                    node.processes(),
                    cores -> new Sample(cores, 0, 0, 0));
        }
    }

    private Played mimic(String buffer) throws Exception {
        Path place = Files.createDirectories(folder.resolve("sessions-" + buffer));
        try (LoadNode node = LoadNode.start(place, buffer, Map.of(), HEAP)) {
            long emptyHeap = node.heapBytes();
            long emptyDisk = size(node.dataFolder());
            long emptyRedis = redis(node);
            Played played = play(
                    plan -> Load.run(plan, node.target(), Recording.all(), PATIENCE),
                    node.processes(),
                    cores -> new Sample(
                            cores,
                            node.heapBytes() - emptyHeap,
                            size(node.dataFolder()) - emptyDisk,
                            redis(node) - emptyRedis));
            Found found = played.report().readBack();
            if (!found.whole()) {
                throw new IllegalStateException(buffer + ": " + found.told());
            }
            return played;
        }
    }

    @FunctionalInterface
    private interface Playing {
        LoadReport run(LoadPlan plan) throws IOException, InterruptedException;
    }

    private Played play(Playing playing, List<ProcessHandle> processes, Sampling sampling) throws Exception {
        ExecutorService player = Executors.newSingleThreadExecutor();
        try {
            LoadPlan plan = LoadPlan.realTime(visitors, warmUp.plus(measured).plusSeconds(2));
            Future<LoadReport> report = player.submit(() -> playing.run(plan));
            Thread.sleep(warmUp.toMillis());
            ProcessorTime processor = new ProcessorTime(processes, false);
            long before = processor.ns();
            long begun = System.nanoTime();
            Thread.sleep(measured.toMillis());
            double cores = (processor.ns() - before) / (double) (System.nanoTime() - begun);
            return new Played(sampling.take(cores), report.get());
        } finally {
            player.shutdownNow();
        }
    }

    private void print(String name, Played played, Played bare, String kept) {
        double cores = played.sample().cores();
        LoadReport report = played.report();
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %,.0f | %.1f / %.1f / %.1f | %s |%n",
                name,
                visitors / cores,
                cores,
                bare.sample().cores() / cores,
                report.batches() / report.seconds(),
                report.response().getValueAtPercentile(50) / 1e6,
                report.response().getValueAtPercentile(99) / 1e6,
                report.response().getValueAtPercentile(99.9) / 1e6,
                kept);
    }

    private String kept(String buffer, Played played) {
        Sample sample = played.sample();
        Found found = played.report().readBack();
        return String.format(
                Locale.ROOT,
                "%s | %s | %s | %,d of %,d",
                each(sample.heap()),
                each(sample.disk()),
                buffer.equals("redis") ? each(sample.redis()) : "–",
                found.stored(),
                found.acknowledged());
    }

    private String each(long bytes) {
        return String.format(Locale.ROOT, "%,d KB", bytes / visitors / 1_000);
    }

    private static long redis(LoadNode node) {
        if (node.redisPort() == 0) {
            return 0;
        }
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", node.redisPort()))) {
            return Long.parseLong(jedis.info("memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(SessionsBenchmark::bytes).sum();
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (java.nio.file.NoSuchFileException e) {
            return 0; // it has gone meanwhile, as temporary ones do
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
