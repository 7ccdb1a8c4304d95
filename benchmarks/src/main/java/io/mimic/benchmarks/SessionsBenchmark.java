package io.mimic.benchmarks;

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
     * @param heap bytes in use after a collection, of it
     */
    private record Sample(double cores, long heap, long disk, long redis) {}

    void run() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%n%,d visitors at real speed, a batch every 5 s, gzipped as the recorder does; measured for %d s after %d s. \"Session\" is one that is active. Answers in ms from when a batch was due.%n%n",
                visitors,
                measured.toSeconds(),
                warmUp.toSeconds());
        System.out.println(
                "| buffer | sessions a core | cores busy | batches/s | p50 / p99 / p99.9 ms | heap a session | data directory a session | Redis a session | acknowledged, found again |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (String buffer : buffers) {
            row(buffer);
        }
    }

    private void row(String buffer) throws Exception {
        Path place = Files.createDirectories(folder.resolve("sessions-" + buffer));
        ExecutorService player = Executors.newSingleThreadExecutor();
        try (LoadNode node = LoadNode.start(place, buffer, Map.of(), "512m")) {
            long emptyHeap = node.heapBytes();
            long emptyDisk = size(node.dataFolder());
            long emptyRedis = redis(node);
            LoadPlan plan = LoadPlan.realTime(visitors, warmUp.plus(measured).plusSeconds(2));
            Future<LoadReport> playing = player.submit(() -> Load.run(plan, node.target(), Recording.all(), PATIENCE));
            Thread.sleep(warmUp.toMillis());
            ProcessorTime processor = new ProcessorTime(node.processes(), false);
            long before = processor.ns();
            long begun = System.nanoTime();
            Thread.sleep(measured.toMillis());
            double cores = (processor.ns() - before) / (double) (System.nanoTime() - begun);
            Sample sample = new Sample(
                    cores, node.heapBytes() - emptyHeap, size(node.dataFolder()) - emptyDisk, redis(node) - emptyRedis);
            LoadReport report = playing.get();
            print(buffer, sample, report);
            if (!report.found().whole()) {
                throw new IllegalStateException(buffer + ": " + report.found().told());
            }
        } finally {
            player.shutdownNow();
        }
    }

    private void print(String buffer, Sample sample, LoadReport report) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %,.0f | %.1f / %.1f / %.1f | %,d KB | %,d KB | %s | %,d of %,d |%n",
                buffer,
                visitors / sample.cores(),
                sample.cores(),
                report.batches() / report.seconds(),
                report.response().getValueAtPercentile(50) / 1e6,
                report.response().getValueAtPercentile(99) / 1e6,
                report.response().getValueAtPercentile(99.9) / 1e6,
                sample.heap() / visitors / 1_000,
                sample.disk() / visitors / 1_000,
                buffer.equals("redis") ? String.format(Locale.ROOT, "%,d KB", sample.redis() / visitors / 1_000) : "–",
                report.found().stored(),
                report.found().acknowledged());
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
