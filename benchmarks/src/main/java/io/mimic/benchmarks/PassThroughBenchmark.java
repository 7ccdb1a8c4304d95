package io.mimic.benchmarks;

import com.sun.management.ThreadMXBean;
import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.servlet.MimicFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a request of the host pays for the filter when it is none of MIMIC's: whole requests over HTTP with and without it, and what the
 * server's threads allocate a request.
 */
final class PassThroughBenchmark {
    private static final int CONNECTIONS = 4;

    private final Path folder;
    private final int rounds;
    private final long roundMillis;

    PassThroughBenchmark(Path folder, int rounds, long roundMillis) {
        this.folder = folder;
        this.rounds = rounds;
        this.roundMillis = roundMillis;
    }

    void run() {
        System.out.printf("%n### Filter, requests that are none of MIMIC's, %d connections%n%n", CONNECTIONS);
        MimicConfig config = MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, folder.resolve("pass-data").toString())
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password");
        try (Mimic mimic = Mimic.start(config);
                BenchServer bare = new BenchServer(folder.resolve("bare"), new Answer(), null);
                BenchServer hosted = new BenchServer(folder.resolve("hosted"), new Answer(), new MimicFilter(mimic))) {
            System.out.println(new Comparison("requests/s")
                    .variant("no filter", () -> perSecond(bare.port()))
                    .variant("with MIMIC's filter", () -> perSecond(hosted.port()))
                    .run(rounds));
            System.out.println(new Comparison("bytes allocated a request")
                    .variant("no filter", () -> allocated(bare.port()))
                    .variant("with MIMIC's filter", () -> allocated(hosted.port()))
                    .run(rounds));
        }
    }

    private double perSecond(int port) {
        return new HttpLoad(port, CONNECTIONS)
                .run(roundMillis, 200, (connection, turn) -> HttpLoad.get("/api/items"))
                .perSecond();
    }

    private double allocated(int port) {
        long before = serverAllocation(port);
        HttpLoad.Result result =
                new HttpLoad(port, 1).run(roundMillis, 200, (connection, turn) -> HttpLoad.get("/api/items"));
        return (serverAllocation(port) - before) / (double) result.latency().getTotalCount();
    }

    /** Tomcat names its threads after the port that was asked for and a number of its own, so all executor threads are summed: one server works at a time. */
    private static long serverAllocation(int port) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().toLowerCase(Locale.ROOT).contains("-exec-")) {
                sum += threads.getThreadAllocatedBytes(id);
            }
        }
        if (sum == 0) {
            throw new IllegalStateException("No thread of the server on port " + port + " was found.");
        }
        return sum;
    }

    /** A small JSON answer, as an app's API gives. */
    private static final class Answer extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private static final byte[] BODY = "{\"items\":[1,2,3]}".getBytes(StandardCharsets.US_ASCII);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }
}
