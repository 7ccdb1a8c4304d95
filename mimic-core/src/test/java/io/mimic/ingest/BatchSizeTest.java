package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.NOW;
import static io.mimic.ingest.IngestFixture.batch;
import static io.mimic.ingest.IngestFixture.bytes;
import static io.mimic.ingest.IngestFixture.event;
import static io.mimic.ingest.IngestFixture.gzip;
import static io.mimic.ingest.IngestFixture.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchSizeTest {
    private static final int MIB = 1 << 20;
    /** Bytes, inflated. */
    private static final long BOMB = 300_000_000;

    private final IngestFixture ingest = new IngestFixture();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void severalEventsMayHaveTenMebibytes() throws Exception {
        ingest.send(batch(event(3, "{}"), event(3, text(10 * MIB - 1_000))));

        assertThat(ingest.buffer.onlyChunk().rawBytes()).isGreaterThan(9 * MIB);
    }

    @Test
    void severalEventsOverTenMebibytesAreRefused() {
        refused(bytes(batch(event(3, text(10 * MIB)), event(3, "{}"))), "A batch of several events is larger than");
        refused(bytes(batch(event(3, "{}"), event(3, text(10 * MIB)))), "A batch of several events is larger than");
    }

    @Test
    void singleEventMayHaveSixtyMebibytes() throws Exception {
        ingest.send(batch(event(2, text(60 * MIB))));

        assertThat(ingest.buffer.onlyChunk().dom()).hasSizeGreaterThan(60 * MIB);
    }

    @Test
    void singleEventOverItsLimitIsRefused() {
        refused(bytes(batch(event(2, text(64 * MIB)))), "is larger than 67108864 bytes");
    }

    @Test
    void hundredThousandEventsAreTakenAndOneMoreIsNot() throws Exception {
        String[] events = new String[100_000];
        Arrays.fill(events, event(3, "{}"));
        ingest.send(batch(events));
        assertThat(ingest.buffer.onlyChunk().summary().events()).isEqualTo(100_000);

        ingest.buffer.appends.clear();
        String[] more = Arrays.copyOf(events, 100_001);
        more[100_000] = events[0];
        refused(bytes(batch(more)), "more than 100000 events");
    }

    @Test
    void hostThatGivesLittleMemoryRefusesWhatDoesNotFit() {
        IngestLimits small =
                new IngestLimits(10 * MIB, 64 * MIB, 10, 100, 200, java.time.Duration.ofMinutes(1), 4, 4 * MIB);
        try (IngestFixture tight = new IngestFixture(small)) {
            assertThatThrownBy(() -> tight.send(batch(event(2, text(8 * MIB)))))
                    .isInstanceOfSatisfying(
                            BatchRejectedException.class,
                            e -> assertThat(e.status()).isEqualTo(413));
        }
    }

    /** What is measured is all that the thread asks for, of which most is let go at once. */
    @ParameterizedTest
    @MethodSource("bombs")
    @Tag("slow")
    void bombOfThreeHundredMegabytesCostsLittleMemory(Bomb bomb) throws Exception {
        byte[] body = bomb.body();
        assertThat(body).hasSizeLessThan(2 * MIB);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> ingest.send(body)).isInstanceOf(BatchRejectedException.class);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16L * MIB);
        assertThat(ingest.buffer.appends).isEmpty();
    }

    static List<Bomb> bombs() {
        String events = head(0) + "\"events\":[";
        String text = events + "{\"type\":2,\"timestamp\":" + NOW + ",\"data\":{\"a\":\"";
        return List.of(
                Bomb.of("text", text, "a"),
                Bomb.of("escapes", text, "\\u0061"),
                Bomb.of("digits", events + "{\"type\":2,\"timestamp\":", "1"),
                Bomb.of("blanks", "", " "),
                Bomb.of("brackets", events + "{\"type\":2,\"data\":{\"a\":", "["),
                Bomb.of("members of an object", events + "{\"type\":2,\"data\":{", "\"a\":1,"),
                Bomb.of("tiny events", events, event(3, "{}") + ","),
                new Bomb("many members of gzip", () -> members(text)),
                new Bomb("gzip within gzip", () -> gzip(bomb(text, "a"))),
                new Bomb("gzip within gzip within gzip", () -> gzip(gzip(bomb(text, "a")))));
    }

    @Test
    void slowBodyIsGivenUp() {
        long[] nanos = {0};
        BatchDecoder decoder = new BatchDecoder(IngestFixture.LIMITS, IngestFixture.SCRUBBER, () -> nanos[0]);
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                nanos[0] += 10_000_000_000L;
                return ' ';
            }
        };
        IngestRequest request =
                new IngestRequest(slow, "application/json", null, "192.0.2.7", name -> null, name -> null);
        assertThatThrownBy(() -> decoder.decode(request, head -> {}, batch -> batch))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.answer().status()).isEqualTo(503));
    }

    private void refused(byte[] body, String reason) {
        assertThatThrownBy(() -> ingest.send(body)).isInstanceOfSatisfying(BatchRejectedException.class, e -> {
            assertThat(e.status()).isEqualTo(413);
            assertThat(e.getMessage()).contains(reason);
        });
        assertThat(ingest.buffer.appends).isEmpty();
    }

    private static byte[] bomb(String start, String repeated) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = bytes(repeated.repeat(10_000));
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes(start));
            for (long written = 0; written < BOMB; written += block.length) {
                gzip.write(block);
            }
        }
        return out.toByteArray();
    }

    private static byte[] members(String start) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(gzip(bytes(start)));
        byte[] member = gzip(bytes("a".repeat(MIB)));
        for (long written = 0; written < BOMB; written += MIB) {
            out.writeBytes(member);
        }
        return out.toByteArray();
    }

    /** Made when it is its turn. */
    private record Bomb(String name, Callable<byte[]> made) {
        static Bomb of(String name, String start, String repeated) {
            return new Bomb(name, () -> bomb(start, repeated));
        }

        byte[] body() throws Exception {
            return made.call();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static String text(int length) {
        char[] text = new char[length - 10];
        Random random = new Random(1);
        for (int i = 0; i < text.length; i += 64) {
            Arrays.fill(text, i, Math.min(text.length, i + 64), (char) ('a' + random.nextInt(26)));
        }
        return "{\"a\":\"" + new String(text) + "\"}";
    }
}
