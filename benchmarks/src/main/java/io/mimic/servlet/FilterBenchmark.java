package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A request of the host's that passes the filter untouched: a script's, without MIMIC's cookie, and the server's side is not captured. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {
    private final FilterChain chain = (request, response) -> {};
    private final Stubs.Response response = new Stubs.Response();
    private final Stubs.Request request = new Stubs.Request(Map.of(
            "Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF",
            "Accept", "application/json",
            "Referer", "https://shop.example/orders",
            "Sec-Fetch-Site", "same-origin",
            "Sec-Fetch-Dest", "empty"));
    private final Mimic mimic;
    private final MimicFilter filter;

    public FilterBenchmark() {
        try {
            mimic = Mimic.start(MimicConfig.defaults()
                    .with(
                            MimicSetting.DATA_DIR,
                            Files.createTempDirectory("mimic-filter").toString())
                    .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password")
                    .with(MimicSetting.SERVER_CAPTURE, false));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        filter = new MimicFilter(mimic);
    }

    @Setup
    public void begin() {
        filter.init(Stubs.webapp());
    }

    @TearDown
    public void end() {
        filter.destroy();
        mimic.close();
    }

    @Benchmark
    public void passThrough() throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }
}
