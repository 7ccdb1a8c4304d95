package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    private final Path folder;
    private final Mimic mimic;
    private final MimicFilter filter;

    public FilterBenchmark() {
        try {
            folder = Files.createTempDirectory("mimic-filter");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mimic = Mimic.start(MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, folder.toString())
                .with(MimicSetting.PROJECT_PASSWORD, "benchmark-password")
                .with(MimicSetting.SERVER_CAPTURE, false));
        filter = new MimicFilter(mimic);
    }

    @Setup
    public void begin() {
        filter.init(Stubs.webapp());
    }

    @TearDown
    public void end() throws IOException {
        filter.destroy();
        mimic.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public void passThrough() throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }
}
