package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.batch;
import static io.mimic.ingest.IngestFixture.event;
import static io.mimic.ingest.IngestFixture.head;
import static io.mimic.ingest.IngestFixture.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.buffer.Append;
import io.mimic.privacy.Scrubber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that the scrubber takes out reaches the buffer, in events, summary or metadata. */
class ScrubbedBatchTest {
    private static final String CARD = "4111 1111 1111 1111";
    private static final String MAIL = "ann@example.org";
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl";

    @Test
    void secretsReachNeitherEventsNorSummaryNorMetadata() throws Exception {
        try (IngestFixture ingest = new IngestFixture()) {
            ingest.send(head(0) + "\"meta\":{\"url\":\"https://shop.example/?q=" + MAIL + "\",\"title\":\"For " + MAIL
                    + "\",\"referrer\":\"https://x.example/" + JWT + "\"},\"events\":["
                    + String.join(
                            ",",
                            event(2, "{\"node\":{\"textContent\":\"" + CARD + "\"}}"),
                            event(4, "{\"href\":\"https://shop.example/order?mail=" + MAIL + "\",\"width\":1}"),
                            plugin("rrweb/console@1", "{\"level\":\"error\",\"payload\":[\"\\\"" + CARD + "\\\"\"]}"),
                            plugin(
                                    "rrweb/network@1",
                                    "{\"requests\":[{\"name\":\"/u/" + MAIL
                                            + "\",\"status\":500,\"requestHeaders\":{\"x\":\"Bearer " + JWT
                                            + "\"},\"requestBody\":\"{\\\"card\\\":4111111111111111}\"}]}"),
                            plugin("mimic/error@1", "{\"kind\":\"error\",\"message\":\"no " + MAIL + "\"}"),
                            plugin(
                                    "mimic/event@1",
                                    "{\"name\":\"paid " + CARD + "\",\"data\":{\"n\":4111111111111111}}"))
                    + "]}");
            Append append = ingest.buffer.only();
            String stored = new String(append.chunk().timeline(), StandardCharsets.UTF_8)
                    + new String(append.chunk().dom(), StandardCharsets.UTF_8)
                    + append.chunk().summary()
                    + append.client();
            assertThat(stored)
                    .contains("***", "mail=***", "/u/***", "Bearer ***", "no ***", "paid ***", "\"n\":0")
                    .doesNotContain(CARD)
                    .doesNotContain("4111111111111111")
                    .doesNotContain(MAIL)
                    .doesNotContain(JWT);
        }
    }

    @Test
    void whoTheHostSaysTheUserIsIsKept() throws Exception {
        try (IngestFixture ingest = new IngestFixture()) {
            ingest.send(batch(
                    plugin("mimic/identify@1", "{\"user\":\"" + MAIL + "\",\"traits\":{\"a\":\"" + CARD + "\"}}")));
            var summary = ingest.buffer.only().chunk().summary();
            assertThat(summary.user()).isEqualTo(MAIL);
            assertThat(summary.traits()).isEqualTo("{\"a\":\"***\"}");
        }
    }

    @Test
    void eventWithoutAnyKeepsItsBytes() throws Exception {
        String event = event(3, "{ \"a\" : [1.50, \"\\u00e4@media\\n\", 1795560043391 ] }");
        try (IngestFixture ingest = new IngestFixture()) {
            ingest.send(batch(event(2, "{\"t\":\"" + MAIL + "\"}"), event));
            assertThat(new String(ingest.buffer.only().chunk().dom(), StandardCharsets.UTF_8))
                    .endsWith("\t" + event + "\n");
        }
    }

    @Test
    void batchThatIsTooMuchForTheOperatorsPatternsIsRefused() {
        Scrubber scrubber = Scrubber.of(Scrubber.Scope.ALL, List.of("(x+x+)+y", "zz", "yy", "[a-c]q", "d\\d"));
        try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, IngestRates.UNBOUNDED, scrubber)) {
            String large = batch(event(2, "{\"t\":\"" + "w".repeat(7_000_000) + "\"}"));
            assertThatThrownBy(() -> ingest.send(large))
                    .isInstanceOfSatisfying(
                            BatchRejectedException.class,
                            e -> assertThat(e.status()).isEqualTo(413))
                    .hasMessageContaining("mimic.privacy.scrub-patterns");
            assertThat(ingest.buffer.appends).isEmpty();
        }
    }
}
