package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.PROJECT;
import static io.mimic.ingest.IngestFixture.batch;
import static io.mimic.ingest.IngestFixture.bytes;
import static io.mimic.ingest.IngestFixture.event;
import static io.mimic.ingest.IngestFixture.gzip;
import static io.mimic.ingest.IngestFixture.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkCodec;
import io.mimic.buffer.SentBatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that came as gzip is stored as it came, unless it holds what is not to be stored. */
class SentBatchTest {
    private static final String TEXT = event(3, "{\"source\":0,\"text\":\"" + "lorem ipsum ".repeat(200) + "\"}");
    private static final String META = event(4, "{\"href\":\"https://shop.example/\",\"width\":1,\"height\":1}");

    @Test
    void whatCameAsGzipIsStoredAsItCame() throws Exception {
        byte[] sent = gzip(bytes(batch(META, TEXT, TEXT)));
        Chunk chunk = chunk(sent);

        byte[] stored = ChunkCodec.encode(chunk);
        assertThat(chunk.sent()).isNotNull();
        assertThat(Arrays.copyOfRange(stored, stored.length - sent.length, stored.length))
                .isEqualTo(sent);
        assertReadsBack(chunk, stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"note\":\"not known\",\"events\":[EVENTS]}",
                "\"token\":\"not to be stored\",\"events\":[EVENTS]}",
                "\"meta\":{\"url\":\"https://shop.example/?q=ann@example.org\"},\"events\":[EVENTS]}",
                "\"events\":[EVENTS],\"after\":\"not known\"}",
                "\"events\":[EVENTS,{\"type\":3,\"timestamp\":1795560043000,\"data\":{\"source\":0,\"t\":\"ann@example.org\"}}]}"
            })
    void whatHoldsMoreThanMayBeStoredIsCompressedAnew(String rest) throws Exception {
        Chunk chunk = chunk(gzip(bytes(head(0) + rest.replace("EVENTS", META + "," + TEXT))));

        assertThat(chunk.sent()).isNull();
        assertReadsBack(chunk, ChunkCodec.encode(chunk));
    }

    @Test
    void metadataWithoutSecretsIsNoHindrance() throws Exception {
        String meta = "\"meta\":{\"url\":\"https://shop.example/\",\"title\":\"Shop\"},";
        assertThat(chunk(gzip(bytes(head(0) + meta + "\"events\":[" + META + "," + TEXT + "]}")))
                        .sent())
                .isNotNull();
    }

    @Test
    void nameInTheHeaderOfTheGzipIsNotStored() throws Exception {
        byte[] plain = gzip(bytes(batch(META, TEXT)));
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(plain, 0, 3);
        named.write(8);
        named.write(plain, 4, 6);
        named.writeBytes(bytes("ann@example.org\0"));
        named.write(plain, 10, plain.length - 10);

        assertThat(chunk(named.toByteArray()).sent()).isNull();
    }

    /** It is not looked at on its way in, and whoever reads it back with the JDK would find all of it damaged. */
    @Test
    void gzipWhoseHeaderHasAWrongChecksumIsCompressedAnew() throws Exception {
        byte[] plain = gzip(bytes(batch(META, TEXT)));
        ByteArrayOutputStream summed = new ByteArrayOutputStream();
        summed.write(plain, 0, 3);
        summed.write(2);
        summed.write(plain, 4, 6);
        summed.writeBytes(new byte[] {1, 2});
        summed.write(plain, 10, plain.length - 10);

        Chunk chunk = chunk(summed.toByteArray());
        assertThat(chunk.sent()).isNull();
        assertReadsBack(chunk, ChunkCodec.encode(chunk));
    }

    @Test
    void blanksBetweenEventsAreNotStored() throws Exception {
        StringBuilder blanks = new StringBuilder();
        new Random(7).ints(100_000, 0, 4).forEach(i -> blanks.append(" \t\r\n".charAt(i)));
        byte[] sent = gzip(bytes(batch(META, blanks + TEXT)));
        Chunk chunk = chunk(sent);

        assertThat(sent).hasSizeGreaterThan(20_000);
        assertThat(ChunkCodec.encode(chunk)).hasSizeLessThan(2_000);
        assertReadsBack(chunk, ChunkCodec.encode(chunk));
    }

    @Test
    void severalMembersAreCompressedAnew() throws Exception {
        byte[] body = bytes(batch(META, TEXT));
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(gzip(Arrays.copyOf(body, 100)));
        two.writeBytes(gzip(Arrays.copyOfRange(body, 100, body.length)));

        assertThat(chunk(two.toByteArray()).sent()).isNull();
    }

    @Test
    void whatCameUncompressedIsCompressed() throws Exception {
        Chunk chunk = chunk(bytes(batch(META, TEXT)));

        assertThat(chunk.sent()).isNull();
        assertReadsBack(chunk, ChunkCodec.encode(chunk));
    }

    @Test
    void damageIsFoundOut() throws Exception {
        Chunk chunk = chunk(gzip(bytes(batch(META, TEXT))));
        SentBatch sent = chunk.sent();
        byte[] stored = ChunkCodec.encode(chunk);
        for (int at = stored.length - sent.gzip().length - sent.cuts().length; at < stored.length; at += 7) {
            byte[] damaged = stored.clone();
            damaged[at] ^= 0x55;
            int place = at;
            if (place < stored.length - sent.gzip().length || place > stored.length - sent.gzip().length + 9) {
                assertReadsOtherwiseOrNotAtAll(chunk, damaged);
            }
        }
        assertThatThrownBy(() -> ChunkCodec.decode(Arrays.copyOf(stored, stored.length - 20)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The checksum is of what was inflated; a place that was altered cuts other bytes out of it. */
    private static void assertReadsOtherwiseOrNotAtAll(Chunk chunk, byte[] damaged) {
        try {
            Chunk read = ChunkCodec.decode(damaged);
            boolean same = Arrays.equals(read.timeline(), chunk.timeline()) && Arrays.equals(read.dom(), chunk.dom());
            assertThat(same).isFalse();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("a damaged chunk");
        }
    }

    private static Chunk chunk(byte[] body) throws Exception {
        try (IngestFixture ingest = new IngestFixture()) {
            ingest.contentEncoding = body[0] == '{' ? null : "gzip";
            assertThat(ingest.send(body).project()).isEqualTo(PROJECT);
            return ingest.buffer.onlyChunk();
        }
    }

    private static void assertReadsBack(Chunk chunk, byte[] stored) {
        Chunk read = ChunkCodec.decode(stored);
        assertThat(new String(read.timeline(), StandardCharsets.UTF_8))
                .isEqualTo(new String(chunk.timeline(), StandardCharsets.UTF_8));
        assertThat(new String(read.dom(), StandardCharsets.UTF_8))
                .isEqualTo(new String(chunk.dom(), StandardCharsets.UTF_8));
        assertThat(read.summary()).isEqualTo(chunk.summary());
        assertThat(read.key()).isEqualTo(chunk.key());
    }
}
