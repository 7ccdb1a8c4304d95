package io.mimic.session;

import io.mimic.catalog.SessionCatalog;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The session cookie's token: checked with each request of a recorded session, signed with each batch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBenchmark {
    private static final String PROJECT = "benchmark";

    private final UUID session = UUID.randomUUID();
    private final SessionTokens tokens = SessionTokens.open(unused(), "a secret of the benchmark", "");
    /** More than are remembered, by far. */
    private final String[] many = IntStream.range(0, 20_000)
            .mapToObj(each -> tokens.sign(PROJECT, session, 1_795_560_043_000L + each))
            .toArray(String[]::new);

    private int next;

    @Benchmark
    public Optional<SessionToken> check() {
        next = next + 1 == many.length ? 0 : next + 1;
        return tokens.verify(PROJECT, many[next]);
    }

    @Benchmark
    public Optional<SessionToken> checkAgain() {
        return tokens.verify(PROJECT, many[0]);
    }

    @Benchmark
    public String sign() {
        return tokens.sign(PROJECT, session, 1_795_560_043_000L);
    }

    private static SessionCatalog unused() {
        return (SessionCatalog) Proxy.newProxyInstance(
                SessionCatalog.class.getClassLoader(),
                new Class<?>[] {SessionCatalog.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("The secret is configured.");
                });
    }
}
