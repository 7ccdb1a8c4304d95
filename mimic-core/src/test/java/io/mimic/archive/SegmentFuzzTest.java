package io.mimic.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mimic.MillionInputs;
import io.mimic.Mutations;
import io.mimic.catalog.SegmentCounts;
import io.mimic.catalog.SegmentRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies in the archive, what comes out is events or {@link SegmentDamagedException}, in bounded memory. */
class SegmentFuzzTest {
    private static final List<String> CORPUS = List.of("visit.timeline", "visit.dom", "empty.dom");
    private static final String OBJECT = "shop/2026/11/25/visit/1";
    private static final List<String> PIECES = List.of(
            "\n",
            "#",
            "\t",
            "#null\n",
            "#{}\n",
            "#[]\n",
            "-",
            "9223372036854775807\t{}\n",
            "99999999999999999999\t{}\n",
            "\"page\":null,",
            "\"seq\":1e99,",
            "\"seq\":-1,",
            "\"skewMs\":99999999999999999999,",
            "\"activity\":[[1e400,{}]],",
            "[[[[[[[[[[",
            "\0",
            "\\ud800",
            "\u00e9");

    /** More than the larger of the decoders' windows, and what a part of this size may be read into. */
    private static final long MOST_BYTES = 48L << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedSegmentIsReadOrTold(long seed) throws IOException {
        run(seed, 1_500);
    }

    @Test
    @Tag("long")
    void millionDamagedSegmentsAreReadOrTold() throws IOException {
        MillionInputs.run(SegmentFuzzTest::run);
    }

    @ParameterizedTest
    @EnumSource(SegmentCodec.class)
    void corpusItselfIsRead(SegmentCodec codec) throws IOException {
        MemoryArchive archive = new MemoryArchive(Clock.systemUTC());
        assertThat(read(archive, codec, compressed(codec, corpus().get(0)))).isEqualTo(6);
        assertThat(read(archive, codec, compressed(codec, corpus().get(1)))).isEqualTo(4);
        assertThat(read(archive, codec, compressed(codec, corpus().get(2)))).isZero();
    }

    /** Half of the inputs are spoilt before they are compressed, so that the damage is in the text; half of them after. */
    private static int run(long seed, int tries) throws IOException {
        MemoryArchive archive = new MemoryArchive(Clock.systemUTC());
        Random random = new Random(seed);
        Mutations mutations = new Mutations(random, PIECES);
        List<byte[]> texts = corpus();
        Map<SegmentCodec, List<byte[]>> sound = new EnumMap<>(SegmentCodec.class);
        for (SegmentCodec codec : SegmentCodec.values()) {
            sound.put(codec, compressed(codec, texts));
        }
        int read = 0;
        for (int i = 0; i < tries; i++) {
            SegmentCodec codec = SegmentCodec.values()[random.nextInt(2)];
            byte[] part = random.nextBoolean()
                    ? compressed(codec, mutations.oneOf(texts))
                    : mutations.oneOf(sound.get(codec));
            read += tryToRead(archive, codec, part, "Seed " + seed + ", try " + i) ? 1 : 0;
        }
        assertThat(read).isBetween(1, tries - 1);
        return read;
    }

    private static boolean tryToRead(MemoryArchive archive, SegmentCodec codec, byte[] part, String which)
            throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            read(archive, codec, part);
            return true;
        } catch (SegmentDamagedException e) {
            assertThat(e).hasMessageContaining(OBJECT);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    which + ", " + codec + ": " + HexFormat.of().formatHex(part), e);
        } finally {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("%s: bytes of memory", which)
                    .isLessThan(MOST_BYTES);
        }
    }

    /** @return how many events there were */
    private static int read(MemoryArchive archive, SegmentCodec codec, byte[] part) throws IOException {
        archive.objects.put(OBJECT, part);
        SegmentRow row = new SegmentRow(
                1,
                OBJECT,
                codec.codecName(),
                part.length,
                0,
                1 << 20,
                "",
                0,
                0,
                new SegmentCounts(0, 0, 0, 0, 0),
                List.of());
        int events = 0;
        try (PartReader open = new SegmentReader(archive).open(row, SegmentPart.TIMELINE)) {
            while (open.nextBatch() != null) {
                while (open.nextEvent()) {
                    if (events++ % 2 == 0) {
                        open.json();
                    } else {
                        open.writeTo(OutputStream.nullOutputStream());
                    }
                }
            }
        }
        return events;
    }

    private static List<byte[]> compressed(SegmentCodec codec, List<byte[]> texts) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (byte[] text : texts) {
            parts.add(compressed(codec, text));
        }
        return parts;
    }

    private static byte[] compressed(SegmentCodec codec, byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = codec.encode(bytes, text.length)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> corpus() {
        return CORPUS.stream()
                .flatMap(name -> Stream.of(resource("/segments/" + name)))
                .toList();
    }

    private static byte[] resource(String name) {
        try (InputStream in = SegmentFuzzTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
