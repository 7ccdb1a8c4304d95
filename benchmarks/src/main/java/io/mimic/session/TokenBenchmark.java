package io.mimic.session;

import io.mimic.catalog.SessionCatalog;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
    private final String token = tokens.sign(PROJECT, session, 1_795_560_043_000L);

    @Benchmark
    public Optional<SessionToken> check() {
        return tokens.verify(PROJECT, token);
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
