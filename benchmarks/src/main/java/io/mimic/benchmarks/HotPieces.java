package io.mimic.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The pieces that run with each request, page, batch or segment, each alone, by JMH. */
final class HotPieces {
    /** Many and short, so that what else runs on the cores for a moment spoils some of them and not the median. */
    private static final int ROUNDS = 20;

    private static final int WARM_UP_ROUNDS = 15;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final int forks;
    private final TimeValue round;

    HotPieces(int forks, long roundMillis) {
        this.forks = forks;
        this.round = TimeValue.milliseconds(roundMillis);
    }

    void run() throws RunnerException {
        System.out.printf(
                "%n### Hot pieces alone, JMH%n%n| | median time | middle half of the rounds | bytes allocated |%n|---|---:|---:|---:|%n");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.mimic\\..*Benchmark\\.")
                        .mode(Mode.AverageTime)
                        .addProfiler(GCProfiler.class)
                        .forks(forks)
                        .warmupIterations(WARM_UP_ROUNDS)
                        .measurementIterations(ROUNDS)
                        .warmupTime(round)
                        .measurementTime(round)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        results.forEach(HotPieces::row);
    }

    private static void row(RunResult result) {
        String[] path = result.getParams().getBenchmark().split("\\.", -1);
        String parameters = result.getParams().getParamsKeys().stream()
                .map(name -> " " + result.getParams().getParam(name))
                .collect(Collectors.joining());
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        System.out.printf(
                Locale.ROOT,
                "| %s %s%s | %,.2f %s | %,.2f – %,.2f | %s |%n",
                path[path.length - 2].replace("Benchmark", ""),
                path[path.length - 1],
                parameters,
                time.getStatistics().getPercentile(50),
                time.getScoreUnit().replace("/op", ""),
                time.getStatistics().getPercentile(25),
                time.getStatistics().getPercentile(75),
                allocated == null ? "?" : String.format(Locale.ROOT, "%,.0f", allocated.getScore()));
    }
}
