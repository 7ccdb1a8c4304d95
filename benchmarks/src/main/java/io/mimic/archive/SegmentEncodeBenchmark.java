package io.mimic.archive;

import io.mimic.benchmarks.Visits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The DOM part of a visit to five pages as the archive keeps it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SegmentEncodeBenchmark {
    private final byte[] part = Visits.of(5, 400).getBytes(StandardCharsets.UTF_8);

    @Param
    public SegmentCodec codec = SegmentCodec.XZ;

    @Benchmark
    public void encode() throws IOException {
        try (OutputStream out = codec.encode(OutputStream.nullOutputStream(), part.length)) {
            out.write(part);
        }
    }
}
