package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.NOW;
import static io.mimic.ingest.IngestFixture.batch;
import static io.mimic.ingest.IngestFixture.event;
import static io.mimic.ingest.IngestFixture.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Marker;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final long AT = NOW - 1_000;

    private final IngestFixture ingest = new IngestFixture();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void requestsAreCountedByOutcome() throws Exception {
        BatchSummary summary = summary(plugin(
                "rrweb/network@1",
                "{\"requests\":[{\"name\":\"https://shop.example/orders?card=4111\",\"method\":\"POST\",\"status\":500,\"duration\":40.5},"
                        + "{\"name\":\"/a\",\"method\":\"GET\",\"status\":200},"
                        + "{\"name\":\"/b\",\"method\":\"GET\",\"status\":0,\"error\":\"network\"},"
                        + "{\"name\":\"/c\",\"method\":\"GET\",\"error\":\"abort\"},"
                        + "{\"name\":\"/d\",\"method\":\"GET\",\"error\":\"timeout\"},"
                        + "{\"name\":\"/e\",\"method\":\"GET\",\"status\":404}]}"));

        assertThat(summary.failedRequests()).isEqualTo(4);
        assertThat(summary.statuses()).containsExactlyInAnyOrder(500, 200, 404);
        assertThat(summary.markers())
                .containsExactly(
                        new Marker(AT - 40, "request", "500 POST /orders"),
                        new Marker(AT, "request", "network GET /b"),
                        new Marker(AT, "request", "timeout GET /d"),
                        new Marker(AT, "request", "404 GET /e"));
    }

    @Test
    void consoleLinesOfLevelErrorAreCounted() throws Exception {
        BatchSummary summary = summary(
                plugin("rrweb/console@1", "{\"level\":\"error\",\"trace\":[],\"payload\":[\"\\\"Out of\\\"\",\"42\"]}"),
                plugin("rrweb/console@1", "{\"level\":\"warn\",\"trace\":[],\"payload\":[\"x\"]}"));

        assertThat(summary.consoleErrors()).isEqualTo(1);
        assertThat(summary.markers()).containsExactly(new Marker(AT, "console", "Out of 42"));
    }

    @Test
    void uncaughtErrorsAreCountedAndResourcesAreMarkedAlone() throws Exception {
        BatchSummary summary = summary(
                plugin("mimic/error@1", "{\"kind\":\"error\",\"name\":\"TypeError\",\"message\":\"x is\\u0000 null\"}"),
                plugin("mimic/error@1", "{\"kind\":\"rejection\",\"message\":\"no\"}"),
                plugin(
                        "mimic/error@1",
                        "{\"kind\":\"resource\",\"name\":\"img\",\"message\":\"img did not load\",\"source\":\"https://shop.example/a.png?v=3\"}"));

        assertThat(summary.errors()).isEqualTo(2);
        assertThat(summary.markers())
                .containsExactly(
                        new Marker(AT, "error", "TypeError: x is null"),
                        new Marker(AT, "error", "no"),
                        new Marker(AT, "error", "img did not load: /a.png"));
    }

    @Test
    void namesWithinThemselvesAreReadOnce() throws Exception {
        for (String open : List.of("{\"payload\":", "{\"requests\":[")) {
            int deep = (3_990 - 10) / (open.endsWith("[") ? 2 : 1);
            String close = open.endsWith("[") ? "]}" : "}";
            String nested = open.repeat(deep) + "{\"method\":\"GET\",\"status\":500}" + close.repeat(deep);

            assertThat(summary(plugin("rrweb/network@1", nested)).statuses()).isEmpty();
        }
    }

    @Test
    void payloadBeforeTheNameOfItsPluginIsReadTheSame() throws Exception {
        BatchSummary summary = summary(
                "{\"timestamp\":" + AT
                        + ",\"data\":{\"payload\":{\"kind\":\"error\",\"message\":\"m\"},\"plugin\":\"mimic/error@1\"},\"type\":6}");

        assertThat(summary.errors()).isEqualTo(1);
    }

    @Test
    void clicksInAngerAreCounted() throws Exception {
        BatchSummary summary = summary(
                plugin("mimic/click@1", "{\"label\":\"Pay\",\"rage\":3}"),
                plugin("mimic/click@1", "{\"label\":\"Pay\",\"rage\":0}"));

        assertThat(summary.rageClicks()).isEqualTo(1);
        assertThat(summary.markers()).containsExactly(new Marker(AT, "rage", "Pay"));
    }

    @Test
    void clicksInAngerAreOneForEachBurst() throws Exception {
        BatchSummary summary = summary(
                clickAt(AT, 3),
                clickAt(AT + 300, 4),
                clickAt(AT + 1_200, 3),
                clickAt(AT + 9_000, 2),
                clickAt(AT + 9_400, 3));

        assertThat(summary.rageClicks()).isEqualTo(2);
        assertThat(summary.markers())
                .containsExactly(new Marker(AT, "rage", "Pay"), new Marker(AT + 9_400, "rage", "Pay"));
    }

    @Test
    void lastAddressTitleAndUserAreKept() throws Exception {
        BatchSummary summary = summary(
                event(4, "{\"href\":\"https://shop.example/a\"}"),
                plugin("mimic/navigation@1", "{\"url\":\"https://shop.example/b\",\"kind\":\"push\",\"title\":\"B\"}"),
                plugin("mimic/identify@1", "{\"user\":\"ann\",\"traits\":{\"plan\": \"gold\"}}"),
                plugin("mimic/event@1", "{\"name\":\"bought\",\"data\":{\"name\":\"x\"}}"),
                plugin("mimic/gap@1", "{\"reason\":\"memory\"}"));

        assertThat(summary.url()).isEqualTo("https://shop.example/b");
        assertThat(summary.title()).isEqualTo("B");
        assertThat(summary.user()).isEqualTo("ann");
        assertThat(summary.users()).containsExactly("ann");
        assertThat(summary.traits()).isEqualTo("{\"plan\": \"gold\"}");
        assertThat(summary.eventNames()).containsExactly("bought");
        assertThat(summary.markers())
                .containsExactly(
                        new Marker(AT, "navigation", "https://shop.example/b"),
                        new Marker(AT, "event", "bought"),
                        new Marker(AT, "gap", "memory"));
    }

    @Test
    void everybodyWhoIsIdentifiedIsKeptAlsoWhenSomebodyElseFollows() throws Exception {
        BatchSummary summary = summary(identify("ann"), identify("bob"), identify(" ann "), identify(""));

        assertThat(summary.users()).containsExactlyInAnyOrder("ann", "bob");
        assertThat(summary.user()).isNull();
    }

    @Test
    void batchWithMoreUsersThanAreKeptIsRefused() throws Exception {
        String[] events = new String[101];
        Arrays.setAll(events, i -> identify("user-" + i));

        assertThat(summary(Arrays.copyOf(events, 100)).users()).hasSize(100);
        assertThatExceptionOfType(BatchRejectedException.class)
                .isThrownBy(() -> summary(events))
                .withMessageContaining("at most 100 users");
    }

    private static String identify(String user) {
        return plugin("mimic/identify@1", "{\"user\":\"" + user + "\",\"traits\":{}}");
    }

    @Test
    void longAddressIsCutAndNotRefused() throws Exception {
        String url = "https://shop.example/" + "ü\ud83d\ude00".repeat(5_000);

        BatchSummary summary = summary(event(4, "{\"href\":\"" + url + "\"}"));

        assertThat(summary.url()).hasSizeLessThanOrEqualTo(2_048).endsWith("…").startsWith("https://shop.example/ü");
    }

    @Test
    void markersAreBounded() throws Exception {
        String[] events = new String[600];
        Arrays.fill(events, plugin("mimic/event@1", "{\"name\":\"n\"}"));

        assertThat(summary(events).markers()).hasSize(500);
    }

    @Test
    void whatAPersonDoesIsCountedByItsSource() throws Exception {
        String[] events = new String[20];
        for (int source = 0; source < 20; source++) {
            events[source] = event(3, "{\"x\":[{\"source\":1}],\"source\":" + source + "}");
        }

        assertThat(summary(events).userEvents()).isEqualTo(6);
    }

    private static String clickAt(long at, int rage) {
        return "{\"type\":6,\"timestamp\":" + at
                + ",\"data\":{\"plugin\":\"mimic/click@1\",\"payload\":{\"label\":\"Pay\",\"rage\":" + rage + "}}}";
    }

    private BatchSummary summary(String... events) throws BatchRejectedException {
        ingest.send(batch(events));
        return ingest.buffer.onlyChunk().summary();
    }
}
