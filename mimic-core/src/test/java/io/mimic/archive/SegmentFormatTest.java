package io.mimic.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mimic.buffer.Chunk;
import io.mimic.catalog.SegmentCounts;
import io.mimic.catalog.SegmentRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentFormatTest {
    private static final UUID SESSION = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    @TempDir
    Path temporary;

    private WorkFolder folder;
    private MemoryArchive archive;
    private SegmentReader reader;

    @BeforeEach
    void open() {
        folder = new WorkFolder(temporary.resolve("work"));
        archive = new MemoryArchive(Clock.systemUTC());
        reader = new SegmentReader(archive);
    }

    @ParameterizedTest
    @EnumSource(SegmentCodec.class)
    void givesBackEveryByteOfEveryEvent(SegmentCodec codec) throws IOException {
        List<Chunk> chunks = chunks();
        SegmentRow row = store(codec, chunks);

        StringBuilder timeline = new StringBuilder();
        StringBuilder dom = new StringBuilder();
        chunks.forEach(chunk -> timeline.append(new String(chunk.timeline(), StandardCharsets.UTF_8)));
        chunks.forEach(chunk -> dom.append(new String(chunk.dom(), StandardCharsets.UTF_8)));
        assertThat(events(row, SegmentPart.TIMELINE)).isEqualTo(timeline.toString());
        assertThat(events(row, SegmentPart.DOM)).isEqualTo(dom.toString());
    }

    @Test
    void namesEveryBatchInBothParts() throws IOException {
        SegmentRow row = store(SegmentCodec.XZ, chunks());

        for (SegmentPart part : SegmentPart.values()) {
            List<String> batches = new ArrayList<>();
            try (PartReader open = reader.open(row, part)) {
                for (BatchHeader batch = open.nextBatch(); batch != null; batch = open.nextBatch()) {
                    batches.add(batch.window() + " " + batch.page() + " " + batch.seq() + " " + batch.skewMs());
                }
            }
            assertThat(batches)
                    .containsExactly(
                            "window-1 " + TestChunk.PAGE + " 0 12",
                            "window-1 " + TestChunk.PAGE + " 1 0",
                            "window-2 " + TestChunk.OTHER_PAGE + " 0 0");
        }
    }

    @Test
    void keepsUserActivityBySecondsInTheTimeline() throws IOException {
        SegmentRow row = store(
                SegmentCodec.XZ,
                List.of(TestChunk.of(TestChunk.PAGE, 0)
                        .mutation(1_000, "a")
                        .input(1_100)
                        .input(1_999)
                        .input(3_000)
                        .build()));

        try (PartReader open = reader.open(row, SegmentPart.TIMELINE)) {
            assertThat(open.nextBatch().activity()).containsExactly(new long[] {1, 2}, new long[] {3, 1});
        }
    }

    @Test
    void objectIsAFileOfItsFormat() throws Exception {
        SegmentRow row = store(SegmentCodec.GZIP, chunks());
        byte[] object = archive.objects.get(row.object());

        try (InputStream whole = new GZIPInputStream(new ByteArrayInputStream(object))) {
            assertThat(new String(whole.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"part\":\"timeline\"")
                    .contains("\"part\":\"dom\"")
                    .contains(SESSION.toString());
        }
        assertThat(row.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(object)));
        assertThat(row.timelineBytes() + row.domBytes()).isEqualTo(object.length);
    }

    @ParameterizedTest
    @EnumSource(SegmentCodec.class)
    void damageInOnePartIsToldWithTheObjectsNameAndTheOtherIsRead(SegmentCodec codec) throws IOException {
        SegmentRow row = store(codec, chunks());
        byte[] object = archive.objects.get(row.object());
        for (int at = (int) row.timelineBytes() + 20; at < object.length; at++) {
            object[at] ^= 0x55;
        }

        assertThatExceptionOfType(SegmentDamagedException.class)
                .isThrownBy(() -> events(row, SegmentPart.DOM))
                .withMessageContaining(row.object());
        assertThat(events(row, SegmentPart.TIMELINE)).contains("boom");
    }

    @ParameterizedTest
    @EnumSource(SegmentCodec.class)
    void everyTruncationIsTold(SegmentCodec codec) throws IOException {
        SegmentRow row = store(codec, chunks());
        byte[] object = archive.objects.get(row.object());
        for (int length = (int) row.timelineBytes(); length < object.length; length++) {
            archive.objects.put(row.object(), Arrays.copyOf(object, length));
            assertThatExceptionOfType(SegmentDamagedException.class)
                    .as("cut to %d of %d", length, object.length)
                    .isThrownBy(() -> events(row, SegmentPart.DOM));
        }
    }

    @Test
    void missingObjectIsDamage() throws IOException {
        SegmentRow row = store(SegmentCodec.XZ, chunks());
        archive.objects.clear();

        assertThatExceptionOfType(SegmentDamagedException.class)
                .isThrownBy(() -> events(row, SegmentPart.DOM))
                .withMessageContaining(row.object());
    }

    @ParameterizedTest
    @EnumSource(SegmentCodec.class)
    void readsNoMoreThanTheRowSays(SegmentCodec codec) throws IOException {
        String zeros = "0".repeat(4 << 20);
        SegmentRow bomb = store(
                codec,
                List.of(TestChunk.of(TestChunk.PAGE, 0).mutation(1, zeros).build()));
        SegmentRow lying = new SegmentRow(
                bomb.number(),
                bomb.object(),
                bomb.codec(),
                bomb.timelineBytes(),
                bomb.domBytes(),
                100_000,
                bomb.sha256(),
                0,
                0,
                bomb.counts(),
                bomb.pages());

        assertThatExceptionOfType(SegmentDamagedException.class)
                .isThrownBy(() -> events(lying, SegmentPart.DOM))
                .withMessageContaining("larger than its row says");
    }

    @Test
    void spoolLeavesNoFile() throws IOException {
        try (SegmentSpool spool = SegmentSpool.open(folder, "shop", SESSION)) {
            spool.add(chunks().get(0));
        }
        try (var files = Files.list(folder.path())) {
            assertThat(files).isEmpty();
        }
    }

    private static List<Chunk> chunks() {
        return List.of(
                TestChunk.of(TestChunk.PAGE, 0)
                        .skew(12)
                        .meta(1_000)
                        .snapshot(1_001, "hé\\u0000llo 😀")
                        .error(1_500, "boom")
                        .build(),
                TestChunk.of(TestChunk.PAGE, 1).build(),
                TestChunk.of(TestChunk.OTHER_PAGE, 0)
                        .window("window-2")
                        .snapshot(-5, "before the epoch")
                        .mutation(253_402_300_799_999L, "year 9999")
                        .build());
    }

    private SegmentRow store(SegmentCodec codec, List<Chunk> chunks) throws IOException {
        try (SegmentSpool spool = SegmentSpool.open(folder, "shop", SESSION)) {
            for (Chunk chunk : chunks) {
                spool.add(chunk);
            }
            SegmentFile file = SegmentWriter.write(spool, codec, folder.newFile("segment"), () -> {});
            String name = ObjectNames.fresh("shop", SESSION, 1, codec);
            archive.put(name, file.path());
            Files.delete(file.path());
            return new SegmentRow(
                    1,
                    name,
                    codec.codecName(),
                    file.timelineBytes(),
                    file.domBytes(),
                    file.rawBytes(),
                    file.sha256(),
                    spool.tally().firstAt(),
                    spool.tally().lastAt(),
                    new SegmentCounts(0, 0, 0, 0, 0),
                    spool.tally().pages());
        }
    }

    private String events(SegmentRow row, SegmentPart part) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (PartReader open = reader.open(row, part)) {
            while (open.nextBatch() != null) {
                while (open.nextEvent()) {
                    lines.append(open.timestamp())
                            .append('\t')
                            .append(new String(open.json(), StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        }
        return lines.toString();
    }
}
