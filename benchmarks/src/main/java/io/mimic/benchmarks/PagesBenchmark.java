package io.mimic.benchmarks;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.ingest.BatchRejectedException;
import io.mimic.ingest.IngestRequest;
import io.mimic.ingest.IngestResult;
import io.mimic.servlet.MimicFilter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.bull.javamelody.MonitoringFilter;

/**
 * A host's pages under load in Tomcat: MIMIC absent, present, and recording (the tag put into each page, each page's request kept with its
 * session, batches of other visitors taken meanwhile), beside the filter of JavaMelody, which measures each request.
 */
final class PagesBenchmark {
    private static final int CONNECTIONS = 4;
    private static final int BATCHES_A_SECOND = 20;
    private static final int BATCH_BYTES = 3_000;

    private final Path folder;
    private final int rounds;
    private final long roundMillis;
    private final Map<String, List<HttpLoad.Result>> results = new LinkedHashMap<>();

    PagesBenchmark(Path folder, int rounds, long roundMillis) {
        this.folder = folder;
        this.rounds = rounds;
        this.roundMillis = roundMillis;
    }

    void run() {
        System.out.printf(
                "%n### Pages of the host, 20 KB, %d connections; where MIMIC records, %d batches/s besides%n%n",
                CONNECTIONS, BATCHES_A_SECOND);
        System.setProperty(
                "javamelody.storage-directory", folder.resolve("javamelody").toString());
        try (Mimic present = mimic("present", MimicSetting.Inject.NEVER);
                Mimic recording = mimic("recording", MimicSetting.Inject.AUTO);
                BenchServer bare = new BenchServer(folder.resolve("pages-bare"), new PageServlet(), null);
                BenchServer idle =
                        new BenchServer(folder.resolve("pages-idle"), new PageServlet(), new MimicFilter(present));
                BenchServer recorded = new BenchServer(
                        folder.resolve("pages-recorded"), new PageServlet(), new MimicFilter(recording));
                BenchServer melody =
                        new BenchServer(folder.resolve("pages-melody"), new PageServlet(), new MonitoringFilter())) {
            System.out.println(new Comparison("pages/s")
                    .variant("without MIMIC", () -> load("without MIMIC", bare.port(), ""))
                    .variant("MIMIC present", () -> load("MIMIC present", idle.port(), ""))
                    .variant("MIMIC records and injects", () -> recorded(recording, recorded.port()))
                    .variant("JavaMelody's filter", () -> load("JavaMelody's filter", melody.port(), ""))
                    .run(rounds));
            System.out.println(latency("p50 µs a page", 50));
            System.out.println(latency("p99 µs a page", 99));
        }
    }

    private Mimic mimic(String name, MimicSetting.Inject inject) {
        Mimic mimic = Mimic.start(MimicConfig.defaults()
                .with(
                        MimicSetting.DATA_DIR,
                        folder.resolve("pages-data-" + name).toString())
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password")
                .with(MimicSetting.INGEST_RATE_SESSION, 0)
                .with(MimicSetting.INJECT, inject));
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (mimic.health().reason() != null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(String.valueOf(mimic.health().reason()));
            }
            Thread.onSpinWait();
        }
        return mimic;
    }

    private double load(String name, int port, String headers) {
        byte[] request = ("GET /page HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nSec-Fetch-Dest: document\r\n"
                        + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        HttpLoad.Result result = new HttpLoad(port, CONNECTIONS).run(roundMillis, 200, (connection, turn) -> request);
        results.computeIfAbsent(name, key -> new ArrayList<>()).add(result);
        return result.perSecond();
    }

    /** The pages are those of an active session; other visitors' batches come on a connection of their own, at a steady rate. */
    private double recorded(Mimic mimic, int port) {
        String project = mimic.projects().own().orElseThrow().id();
        Batches batches = new Batches(project, BATCH_BYTES);
        batches.nextRun();
        HttpLoad.Requests posts = batches.posts("/mimic/ingest");
        ExecutorService visitors = Executors.newSingleThreadExecutor();
        try {
            String cookie = session(mimic, project);
            Future<?> sending = visitors.submit(
                    () -> new HttpLoad(port, 1).run(roundMillis, 202, (connection, turn) -> paced(posts, turn)));
            double perSecond = load("MIMIC records and injects", port, cookie);
            sending.get();
            return perSecond;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | BatchRejectedException e) {
            throw new IllegalStateException("The batches failed.", e);
        } finally {
            visitors.shutdownNow();
        }
    }

    private static byte[] paced(HttpLoad.Requests posts, long turn) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / BATCHES_A_SECOND);
        return posts.next(0, turn);
    }

    /** @return the header that names a session which has just begun */
    private static String session(Mimic mimic, String project) throws BatchRejectedException {
        String page = UUID.randomUUID().toString().replace("-", "");
        String batch = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"benchmark\",\"page\":\"" + page
                + "\",\"seq\":0,\"sentAt\":" + System.currentTimeMillis() + ",\"events\":[]}";
        IngestResult begun = mimic.ingestor()
                .ingest(new IngestRequest(
                        new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)),
                        "application/json",
                        null,
                        "127.0.0.1",
                        name -> null,
                        name -> null));
        return "Cookie: " + begun.cookieName() + "=" + begun.token() + "\r\n";
    }

    /** Of the rounds above. */
    private String latency(String unit, double percentile) {
        Comparison comparison = new Comparison(unit);
        results.forEach((name, rounds) -> {
            Iterator<HttpLoad.Result> each = rounds.iterator();
            comparison.variant(name, () -> each.next().latency().getValueAtPercentile(percentile) / 1e3);
        });
        return comparison.run(rounds);
    }
}
