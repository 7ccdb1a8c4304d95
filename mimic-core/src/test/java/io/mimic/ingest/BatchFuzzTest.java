package io.mimic.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mimic.MillionInputs;
import io.mimic.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the only thing that comes out is an accepted batch or the answer to a bad one. */
class BatchFuzzTest {
    private static final List<String> CORPUS =
            List.of("first.json", "actions.json", "timeline.json", "heartbeat.json", "first.json.gz");
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "1e-999",
            "99999999999999999999",
            "\\u0000",
            "\\ud800",
            "\\",
            "\0",
            "\n",
            "\t",
            "\u00e9",
            "{}",
            "[]",
            "\"type\":6,",
            "\"data\":{},",
            "\"events\":[",
            "\"timestamp\":1795560042391,",
            "\"plugin\":\"rrweb/network@1\",",
            "\"payload\":",
            "\"requests\":[",
            "\"traits\":{}",
            "[[[[[[[[");

    /** What one batch may cost, whatever it is. */
    private static final long MOST_BYTES = 16L << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mutatedBatchIsTakenOrRefused(long seed) throws IOException {
        run(seed, 2_500);
    }

    @Test
    @Tag("long")
    void millionMutatedBatchesAreTakenOrRefused() throws IOException {
        MillionInputs.run(BatchFuzzTest::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first.json", "actions.json", "timeline.json", "heartbeat.json", "first.json.gz"})
    void corpusItselfIsTaken(String name) throws Exception {
        try (IngestFixture ingest = new IngestFixture()) {
            ingest.send(read(name));
        }
    }

    /** @return how many were taken */
    private static int run(long seed, int tries) throws IOException {
        Mutations mutations = new Mutations(new Random(seed), PIECES);
        List<byte[]> corpus = new ArrayList<>();
        for (String name : CORPUS) {
            corpus.add(read(name));
        }
        int taken = 0;
        int kept = 0;
        try (IngestFixture ingest = new IngestFixture()) {
            ingest.projects.load();
            for (int i = 0; i < tries; i++) {
                taken += send(ingest, mutations.oneOf(corpus), seed, i);
                kept += ingest.buffer.appends.size();
                ingest.buffer.appends.clear();
            }
        }
        assertThat(kept).isLessThanOrEqualTo(taken);
        assertThat(taken).isBetween(1, tries - 1);
        return taken;
    }

    private static int send(IngestFixture ingest, byte[] body, long seed, int index) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            ingest.send(body);
            return 1;
        } catch (BatchRejectedException e) {
            assertThat(e.status()).isIn(400, 403, 413);
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
            return 0;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "Seed " + seed + ", try " + index + ": " + new String(body, StandardCharsets.UTF_8), e);
        } finally {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("Seed %d, try %d: bytes of memory", seed, index)
                    .isLessThan(MOST_BYTES);
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = BatchFuzzTest.class.getResourceAsStream("/batches/" + name)) {
            return in.readAllBytes();
        }
    }
}
