package io.mimic.ingest;

import io.mimic.benchmarks.Batches;
import io.mimic.buffer.ChunkCodec;
import io.mimic.privacy.Scrubber;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch from its bytes to what the store is given: inflated, parsed once, bounds checked, parted by kind, counted, scrubbed, encoded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchScanBenchmark {
    private final BatchDecoder decoder = new BatchDecoder(
            IngestLimits.forThisHost(Duration.ofMinutes(1)),
            Scrubber.of(Scrubber.Scope.ALL, List.of()),
            System::nanoTime);

    /** Of the events. */
    @Param({"3000", "54000", "500000"})
    public int bytes;

    private byte[] body = {};
    private byte[] gzip = {};

    @Setup
    public void write() throws IOException {
        body = ("{\"v\":1,\"project\":\"benchmark\",\"window\":\"window-1\",\"page\":\"" + "0".repeat(32)
                        + "\",\"seq\":1,\"sentAt\":1795560043000,\"events\":" + Batches.events(bytes) + "}")
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream to = new GZIPOutputStream(out)) {
            to.write(body);
        }
        gzip = out.toByteArray();
    }

    @Benchmark
    public Object scan() throws Refusal {
        return decode(body);
    }

    @Benchmark
    public Object scanGzip() throws Refusal {
        return decode(gzip);
    }

    private Object decode(byte[] sent) throws Refusal {
        IngestRequest request = new IngestRequest(
                new ByteArrayInputStream(sent), "application/json", null, "192.0.2.1", name -> null, name -> null);
        return decoder.<Object>decode(request, head -> {}, batch -> ChunkCodec.encode(batch.chunk(0)));
    }
}
