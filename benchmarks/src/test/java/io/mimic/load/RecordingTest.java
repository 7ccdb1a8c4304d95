package io.mimic.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingTest {
    private static final String META =
            "{\"type\":4,\"timestamp\":%d,\"data\":{\"href\":\"http://shop.example/%s\",\"width\":1,\"height\":1}}";
    private static final String SNAPSHOT =
            "{\"type\":2,\"data\":{\"node\":{\"timestamp\":7,\"id\":1},\"initialOffset\":{}},\"timestamp\":%d}";
    private static final String MOVE = "{\"data\":{\"source\":1},\"timestamp\":%d,\"type\":3}";

    @Test
    void eachPageBeginsWithItsMetaEvent() throws Exception {
        List<RecordedPage> pages = pages(
                META.formatted(1_000, "a"),
                SNAPSHOT.formatted(1_010),
                MOVE.formatted(13_000),
                META.formatted(20_000, "b"),
                SNAPSHOT.formatted(20_005));
        assertThat(pages)
                .extracting(RecordedPage::url)
                .containsExactly("http://shop.example/a", "http://shop.example/b");
        assertThat(pages).extracting(RecordedPage::lengthMs).containsExactly(12_000L, 5L);
    }

    @Test
    void batchesComeAtOnceThenEachIntervalThenAtTheEnd() throws Exception {
        RecordedPage page = pages(
                        META.formatted(1_000, "a"),
                        SNAPSHOT.formatted(1_010),
                        MOVE.formatted(12_000),
                        MOVE.formatted(13_000))
                .get(0);
        assertThat(page.batches(5_000)).extracting(RecordedBatch::dueMs).containsExactly(10L, 5_000L, 10_000L, 12_000L);
        assertThat(page.batches(5_000))
                .extracting(batch -> batch.events().size())
                .containsExactly(2, 0, 0, 2);
    }

    @Test
    void timeAndMarkArePutInWhereverTheirPlaceIs() throws Exception {
        RecordedPage page = pages(
                        META.formatted(1_000, "a"), SNAPSHOT.formatted(1_010), MOVE.formatted(2_000), event("{}"))
                .get(0);
        assertThat(page.events())
                .extracting(event -> new String(event.played(5L, "\"batch\":\"x:0\""), StandardCharsets.UTF_8))
                .containsExactly(
                        "{\"type\":4,\"timestamp\":5,\"data\":{\"batch\":\"x:0\",\"href\":\"http://shop.example/a\",\"width\":1,\"height\":1}}",
                        "{\"type\":2,\"data\":{\"batch\":\"x:0\",\"node\":{\"timestamp\":7,\"id\":1},\"initialOffset\":{}},\"timestamp\":5}",
                        "{\"data\":{\"batch\":\"x:0\",\"source\":1},\"timestamp\":5,\"type\":3}",
                        "{\"type\":0,\"data\":{\"batch\":\"x:0\"},\"timestamp\":5}");
    }

    @Test
    void whatTheServerSawIsLeftOut() throws Exception {
        RecordedPage page = pages(
                        META.formatted(1_000, "a"),
                        SNAPSHOT.formatted(1_010),
                        "{\"type\":6,\"data\":{\"plugin\":\"mimic/server@1\",\"payload\":{}},\"timestamp\":1020}")
                .get(0);
        assertThat(page.events()).extracting(RecordedEvent::type).containsExactly(4, 2);
    }

    @Test
    void whatIsNoRecordingIsSaidToBeNone(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> Recording.in(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MIMIC_BENCH_RECORDINGS");
        Files.writeString(folder.resolve("a.json"), "{}");
        assertThatThrownBy(() -> Recording.in(folder).get(0).pages()).hasMessageContaining("a.json is no recording");
        assertThatThrownBy(() -> pages("{\"type\":3,\"timestamp\":4}")).hasMessageContaining("event 0 must have");
        assertThatThrownBy(() -> pages(MOVE.formatted(1))).hasMessageContaining("no full snapshot");
    }

    @Test
    void theProjectsOwnAreVisitsOfSeveralPagesAndOneOfASinglePage() throws Exception {
        for (Recording recording : Recording.own()) {
            if (recording.name().startsWith("shop-")) {
                assertThat(recording.pages()).as(recording.name()).hasSizeGreaterThanOrEqualTo(5);
            } else {
                assertThat(recording.pages()).as(recording.name()).hasSize(1);
            }
        }
    }

    private static String event(String data) {
        return "{\"type\":0,\"data\":" + data + ",\"timestamp\":2001}";
    }

    private static List<RecordedPage> pages(String... events) throws IOException {
        String json = "[" + String.join(",\n", events) + "]";
        return new Recording("test.json", json.getBytes(StandardCharsets.UTF_8)).pages();
    }
}
