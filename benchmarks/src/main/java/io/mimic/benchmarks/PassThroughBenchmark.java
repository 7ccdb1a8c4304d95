package io.mimic.benchmarks;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.servlet.MimicFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a request of the host pays for the filter when it is none of MIMIC's: whole requests over HTTP with and without it, and what the
 * server's threads allocate a request. A container makes texts of the headers that a filter asks for: one that asks for the same ones is beside it.
 */
final class PassThroughBenchmark {
    private static final int CONNECTIONS = 4;
    /** As a browser's script asks. */
    private static final byte[] REQUEST =
            HttpLoad.get("/api/items", "Accept: application/json\r\nSec-Fetch-Dest: empty\r\n");

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
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password")
                .with(MimicSetting.SERVER_CAPTURE, false);
        try (Mimic mimic = Mimic.start(config);
                BenchServer bare = new BenchServer(folder.resolve("bare"), new Answer(), null);
                BenchServer asking =
                        new BenchServer(folder.resolve("asking"), new Answer(), PassThroughBenchmark::ask);
                BenchServer hosted = new BenchServer(folder.resolve("hosted"), new Answer(), new MimicFilter(mimic))) {
            System.out.println(new Comparison("requests/s")
                    .variant("no filter", () -> perSecond(bare.port()))
                    .variant("a filter that asks for the same headers", () -> perSecond(asking.port()))
                    .variant("with MIMIC's filter", () -> perSecond(hosted.port()))
                    .run(rounds));
            System.out.println(new Comparison("bytes allocated a request")
                    .variant("no filter", () -> allocated(bare.port()))
                    .variant("a filter that asks for the same headers", () -> allocated(asking.port()))
                    .variant("with MIMIC's filter", () -> allocated(hosted.port()))
                    .run(rounds));
        }
    }

    private static void ask(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        if (asked.getHeader("Cookie") == null && "empty".equals(asked.getHeader("Sec-Fetch-Dest"))) {
            chain.doFilter(request, response);
        }
    }

    private double perSecond(int port) {
        return new HttpLoad(port, CONNECTIONS)
                .run(roundMillis, 200, (connection, turn) -> REQUEST)
                .perSecond();
    }

    private double allocated(int port) {
        ServerWork before = ServerWork.now();
        HttpLoad.Result result = new HttpLoad(port, 1).run(roundMillis, 200, (connection, turn) -> REQUEST);
        return ServerWork.now().allocatedSince(before)
                / (double) result.latency().getTotalCount();
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
