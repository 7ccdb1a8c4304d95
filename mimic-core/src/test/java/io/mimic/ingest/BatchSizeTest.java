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
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private static final int MIB = 1 << 20;

    private long garbage;
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

    @Test
    @Tag("slow")
    void bombOfThreeHundredMegabytesCostsLittleMemory() throws Exception {
        byte[] start = bytes(head(0) + "\"events\":[{\"type\":2,\"timestamp\":" + NOW + ",\"data\":{\"a\":\"");
        bombCostsLittle(bomb(start, new byte[] {'a'}, 300_000_000));
    }

    @Test
    void bombOfOneTextCostsLittleMemory() throws Exception {
        byte[] start = bytes(head(0) + "\"events\":[{\"type\":2,\"timestamp\":" + NOW + ",\"data\":{\"a\":\"");
        bombCostsLittle(bomb(start, new byte[] {'a'}));
    }

    @Test
    void bombOfDigitsCostsLittleMemory() throws Exception {
        bombCostsLittle(bomb(bytes(head(0) + "\"events\":[{\"type\":2,\"timestamp\":"), new byte[] {'1'}));
    }

    @Test
    void bombOfBlanksCostsLittleMemory() throws Exception {
        bombCostsLittle(bomb(new byte[0], new byte[] {' '}));
    }

    @Test
    void bombOfNestingCostsLittleMemory() throws Exception {
        bombCostsLittle(bomb(bytes(head(0) + "\"events\":[{\"type\":2,\"data\":{\"a\":"), new byte[] {'['}));
    }

    @Test
    void bombOfTinyEventsCostsLittleMemory() throws Exception {
        // what 100,000 events leave as garbage, on top of what is held at once
        garbage = 16L * MIB;
        bombCostsLittle(
                bomb(bytes(head(0) + "\"events\":["), bytes("{\"type\":3,\"data\":{},\"timestamp\":" + NOW + "},")));
    }

    @Test
    void bombOfManyMembersCostsLittleMemory() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(gzip(bytes(head(0) + "\"events\":[{\"type\":2,\"data\":{\"a\":\"")));
        byte[] as = new byte[MIB];
        Arrays.fill(as, (byte) 'a');
        byte[] asMember = gzip(as);
        for (int i = 0; i < 40; i++) {
            out.writeBytes(asMember);
        }
        bombCostsLittle(out.toByteArray());
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

    private void bombCostsLittle(byte[] bomb) {
        assertThat(bomb).hasSizeLessThan(2 * MIB);
        ingest.buffer.appends.clear();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> ingest.send(bomb)).isInstanceOf(BatchRejectedException.class);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16L * MIB + garbage);
        assertThat(ingest.buffer.appends).isEmpty();
    }

    private void refused(byte[] body, String reason) {
        assertThatThrownBy(() -> ingest.send(body)).isInstanceOfSatisfying(BatchRejectedException.class, e -> {
            assertThat(e.status()).isEqualTo(413);
            assertThat(e.getMessage()).contains(reason);
        });
        assertThat(ingest.buffer.appends).isEmpty();
    }

    private static byte[] bomb(byte[] start, byte[] repeated) throws IOException {
        return bomb(start, repeated, 40_000_000);
    }

    private static byte[] bomb(byte[] start, byte[] repeated, long size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[repeated.length * 3_000];
        for (int i = 0; i < block.length; i++) {
            block[i] = repeated[i % repeated.length];
        }
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(start);
            for (long written = 0; written < size; written += block.length) {
                gzip.write(block);
            }
        }
        return out.toByteArray();
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
