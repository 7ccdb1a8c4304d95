package io.mimic.benchmarks;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.servlet.MimicFilter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A host that starts in a JVM of its own, answers one page, and says how long that took: for {@link StartBenchmark}. */
final class StartedHost {
    private StartedHost() {}

    /** @param arguments a folder; {@code with} or {@code without} MIMIC */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Mimic mimic = arguments[1].equals("with") ? Mimic.start(config(folder)) : null;
        try (BenchServer server = new BenchServer(
                folder.resolve("host"), new PageServlet(), mimic == null ? null : new MimicFilter(mimic))) {
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/page"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            long firstPage = sinceStart();
            if (page.statusCode() != 200) {
                throw new IllegalStateException("The page was answered with " + page.statusCode() + ".");
            }
            System.out.println("page " + firstPage + " recording " + recording(mimic));
        }
        if (mimic != null) {
            mimic.close();
        }
    }

    private static MimicConfig config(Path folder) {
        return MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, folder.resolve("data").toString())
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password");
    }

    /** When batches are taken; 0 without MIMIC. */
    private static long recording(@Nullable Mimic mimic) throws InterruptedException {
        if (mimic == null) {
            return 0;
        }
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (mimic.health().reason() != null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(String.valueOf(mimic.health().reason()));
            }
            Thread.sleep(20);
        }
        return sinceStart();
    }

    private static long sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
