package io.mimic.benchmarks;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.ingest.BatchRejectedException;
import io.mimic.ingest.IngestRequest;
import io.mimic.ingest.IngestResult;
import io.mimic.servlet.MimicFilter;
import io.undertow.Version;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
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
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import net.bull.javamelody.MonitoringFilter;
import org.HdrHistogram.Histogram;
import org.apache.catalina.util.ServerInfo;
import org.eclipse.jetty.util.Jetty;
import org.jspecify.annotations.Nullable;

/**
 * A host's pages under load in Tomcat, Jetty and Undertow: MIMIC absent, present, putting its tag into each page, and recording (each page's request is kept with its
 * session too, and batches of other visitors are taken meanwhile), beside the filter of JavaMelody, which measures each request. A servlet that only
 * writes shows each µs; a rendered page is nearer to what apps do.
 */
final class PagesBenchmark {
    private static final int CONNECTIONS = 4;
    private static final int BATCHES_A_SECOND = 20;
    private static final int BATCH_BYTES = 3_000;
    /** Several servers in one JVM: with less, the round that warms up ends before the compiler does. */
    private static final long SHORTEST_ROUND_MS = 1_600;

    private final Path folder;
    private final int rounds;
    private final long roundMillis;
    private final Map<String, List<Round>> results = new LinkedHashMap<>();

    PagesBenchmark(Path folder, int rounds, long roundMillis) {
        this.folder = folder;
        this.rounds = rounds;
        this.roundMillis = Math.max(SHORTEST_ROUND_MS, roundMillis);
    }

    void run() {
        System.setProperty(
                "javamelody.storage-directory", folder.resolve("javamelody").toString());
        String tomcat = "Tomcat " + ServerInfo.getServerNumber();
        table("written by a bare servlet in " + tomcat, "bare", BenchServer::new, PageServlet::new);
        table("rendered by Thymeleaf in " + tomcat, "tomcat", BenchServer::new, TemplateServlet::new);
        table(
                "rendered by Thymeleaf in Jetty " + Jetty.VERSION,
                "jetty",
                (folder, page, filter) -> new JettyServer(page, filter),
                TemplateServlet::new);
        table(
                "rendered by Thymeleaf in Undertow " + Version.getVersionString(),
                "undertow",
                (folder, page, filter) -> new UndertowServer(page, filter),
                TemplateServlet::new);
    }

    private void table(String how, String place, Container container, Supplier<HttpServlet> pages) {
        System.out.printf(
                "%n### Pages of the host, 20 KB, %s, %d connections; where MIMIC records, %d batches/s besides%n%n",
                how, CONNECTIONS, BATCHES_A_SECOND);
        results.clear();
        Path here = folder.resolve("pages-" + place);
        try (Mimic passing = mimic(here.resolve("passing"), MimicSetting.Inject.NEVER, false);
                Mimic injecting = mimic(here.resolve("injecting"), MimicSetting.Inject.AUTO, false);
                Mimic recording = mimic(here.resolve("recording"), MimicSetting.Inject.AUTO, true);
                PageServer without = container.start(here.resolve("a"), pages.get(), null);
                PageServer passed = container.start(here.resolve("b"), pages.get(), new MimicFilter(passing));
                PageServer injected = container.start(here.resolve("c"), pages.get(), new MimicFilter(injecting));
                PageServer recorded = container.start(here.resolve("d"), pages.get(), new MimicFilter(recording));
                PageServer melody = container.start(here.resolve("e"), pages.get(), new MonitoringFilter())) {
            Comparison comparison = new Comparison("pages/s");
            add(comparison, "without MIMIC", name -> load(name, without.port(), ""));
            add(comparison, "MIMIC present, neither injects nor captures", name -> load(name, passed.port(), ""));
            add(comparison, "MIMIC injects", name -> load(name, injected.port(), cookie(injecting)));
            add(
                    comparison,
                    "MIMIC injects, captures, takes batches",
                    name -> recorded(name, recording, recorded.port()));
            add(comparison, "JavaMelody's filter", name -> load(name, melody.port(), ""));
            System.out.println(comparison.run(rounds));
            System.out.println(ofRounds("processor µs of the server's threads a page", Round::cpuMicros));
            System.out.println(ofRounds("bytes allocated a page", Round::allocated));
            System.out.println(ofRounds("p50 µs a page", round -> round.latencyMicros(50)));
            System.out.println(ofRounds("p99 µs a page", round -> round.latencyMicros(99)));
        }
    }

    private static void add(Comparison comparison, String name, ToDoubleFunction<String> round) {
        comparison.variant(name, () -> round.applyAsDouble(name));
    }

    private static Mimic mimic(Path data, MimicSetting.Inject inject, boolean captures) {
        Mimic mimic = Mimic.start(MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, data.toString())
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password")
                .with(MimicSetting.INGEST_RATE_SESSION, 0)
                .with(MimicSetting.SERVER_CAPTURE, captures)
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
        ServerWork before = ServerWork.now();
        HttpLoad.Result result = new HttpLoad(port, CONNECTIONS).run(roundMillis, 200, (connection, turn) -> request);
        ServerWork after = ServerWork.now();
        Round round = new Round(result.latency(), after.cpuNsSince(before), after.allocatedSince(before));
        results.computeIfAbsent(name, key -> new ArrayList<>()).add(round);
        return result.perSecond();
    }

    /** The pages are those of an active session; other visitors' batches come on a connection of their own, at a steady rate. */
    private double recorded(String name, Mimic mimic, int port) {
        String project = mimic.projects().own().orElseThrow().id();
        Batches batches = new Batches(project, BATCH_BYTES);
        batches.nextRun();
        HttpLoad.Requests posts = batches.posts("/mimic/ingest");
        ExecutorService visitors = Executors.newSingleThreadExecutor();
        try {
            String cookie = cookie(mimic);
            Future<?> sending = visitors.submit(
                    () -> new HttpLoad(port, 1).run(roundMillis, 202, (connection, turn) -> paced(posts, turn)));
            double perSecond = load(name, port, cookie);
            sending.get();
            return perSecond;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
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
    private static String cookie(Mimic mimic) {
        String project = mimic.projects().own().orElseThrow().id();
        String page = UUID.randomUUID().toString().replace("-", "");
        String batch = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"benchmark\",\"page\":\"" + page
                + "\",\"seq\":0,\"sentAt\":" + System.currentTimeMillis() + ",\"events\":[]}";
        IngestRequest request = new IngestRequest(
                new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)),
                "application/json",
                null,
                "127.0.0.1",
                name -> null,
                name -> null);
        try {
            IngestResult begun = mimic.ingestor().ingest(request);
            return "Cookie: " + begun.cookieName() + "=" + begun.token() + "\r\n";
        } catch (BatchRejectedException e) {
            throw new IllegalStateException("The first batch failed.", e);
        }
    }

    @FunctionalInterface
    private interface Container {
        PageServer start(Path folder, HttpServlet page, @Nullable Filter filter);
    }

    /** Another figure of the rounds above. */
    private String ofRounds(String unit, ToDoubleFunction<Round> figure) {
        Comparison comparison = new Comparison(unit);
        results.forEach((name, rounds) -> {
            Iterator<Round> each = rounds.iterator();
            comparison.variant(name, () -> figure.applyAsDouble(each.next()));
        });
        return comparison.run(rounds);
    }

    /**
     * @param latency of each page, ns
     * @param serverCpuNs of all pages
     * @param serverBytes that were allocated for all pages
     */
    private record Round(Histogram latency, long serverCpuNs, long serverBytes) {
        double cpuMicros() {
            return serverCpuNs / 1e3 / latency.getTotalCount();
        }

        double allocated() {
            return serverBytes / (double) latency.getTotalCount();
        }

        double latencyMicros(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e3;
        }
    }
}
