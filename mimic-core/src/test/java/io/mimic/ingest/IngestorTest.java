package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.NOW;
import static io.mimic.ingest.IngestFixture.PROJECT;
import static io.mimic.ingest.IngestFixture.batch;
import static io.mimic.ingest.IngestFixture.batchOf;
import static io.mimic.ingest.IngestFixture.event;
import static io.mimic.ingest.IngestFixture.head;
import static io.mimic.ingest.IngestFixture.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mimic.MemoryCatalog.Seen;
import io.mimic.buffer.Append;
import io.mimic.catalog.ProjectRow;
import io.mimic.metric.Rejection;
import io.mimic.session.ClientMetadata;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestorTest {
    private static final String META =
            "\"meta\":{\"url\":\"https://shop.example/a\",\"title\":\"A\",\"timeZone\":\"Europe/Berlin\"},";

    private final IngestFixture ingest = new IngestFixture();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void acceptedBatchIsInTheBufferWithItsOwnBytes() throws Exception {
        String snapshot = event(2, "{\"node\":{ \"a\":[1,2.50,\"ü\\u0000\\ud800😀\"] },\n\t\"x\":1e3}");
        String meta = event(4, "{\"href\":\"https://shop.example/b\",\"width\":1,\"height\":2}");
        String click = event(3, "{\"source\":2,\"type\":2}");

        IngestResult result = ingest.send(batch(meta, snapshot, click));

        Append append = ingest.buffer.only();
        assertThat(append.project()).isEqualTo(PROJECT);
        assertThat(append.freshSession()).isEqualTo(result.session());
        assertThat(append.tokenSession()).isNull();
        assertThat(append.chunk().skewMs()).isZero();
        assertThat(text(append.chunk().timeline())).isEqualTo((NOW - 1_000) + "\t" + meta + "\n");
        assertThat(text(append.chunk().dom()))
                .isEqualTo((NOW - 1_000) + "\t" + snapshot.replace('\n', ' ') + "\n" + (NOW - 1_000) + "\t" + click
                        + "\n");
        assertThat(append.chunk().summary().url()).isEqualTo("https://shop.example/b");
        assertThat(append.chunk().summary().userEvents()).isEqualTo(1);
        assertThat(append.chunk().summary().snapshots()).containsExactly(NOW - 1_000);
        assertThat(append.chunk().summary().events()).isEqualTo(3);
        assertThat(result.created()).isTrue();
        assertThat(result.intervalMs()).isEqualTo(5_000);
        assertThat(result.cookieName()).isEqualTo("mimic_session_shop-123");
        assertThat(result.tokenInBody()).isFalse();
    }

    @Test
    void heartbeatWithoutEventsIsABatch() throws Exception {
        ingest.send(batch());

        assertThat(ingest.buffer.onlyChunk().rawBytes()).isZero();
        assertThat(ingest.buffer.onlyChunk().summary().firstAt()).isZero();
    }

    @Test
    void unknownProjectMayComeUntilTheProjectsWereRead() throws Exception {
        String unknown = batch().replace(PROJECT, "unknown");

        assertThat(catchThrowableOfType(BatchRejectedException.class, () -> ingest.send(unknown))
                        .status())
                .isEqualTo(503);
        ingest.projects.load();
        assertThat(catchThrowableOfType(BatchRejectedException.class, () -> ingest.send(unknown)))
                .hasMessageContaining("no project of this id")
                .extracting(BatchRejectedException::status)
                .isEqualTo(403);
        assertThat(ingest.buffer.appends).isEmpty();
    }

    @Test
    void originOfOneProjectSendsNothingIntoAnother() throws Exception {
        ingest.catalog.projects.put("site", new ProjectRow("site", "site", "-", 0, List.of("https://site.example")));
        ingest.headers.put("sec-fetch-site", "cross-site");
        ingest.headers.put("origin", "https://site.example");

        assertThat(catchThrowableOfType(BatchRejectedException.class, () -> ingest.send(batch()))
                        .status())
                .isEqualTo(403);
        assertThat(ingest.buffer.appends).isEmpty();
        assertThat(ingest.send(batch().replace(PROJECT, "site")).tokenInBody()).isTrue();

        ingest.headers.put("origin", "https://static.example");
        assertThat(catchThrowableOfType(
                                BatchRejectedException.class, () -> ingest.send(batch().replace(PROJECT, "site")))
                        .status())
                .isEqualTo(403);
        assertThat(ingest.buffer.onlyChunk().rawBytes()).isZero();
    }

    @Test
    void sessionOfACookieGoesOn() throws Exception {
        UUID session = UUID.randomUUID();
        ingest.cookies.put("mimic_session_shop-123", ingest.tokens.sign(PROJECT, session, NOW));

        IngestResult result = ingest.send(batch());

        assertThat(ingest.buffer.only().tokenSession()).isEqualTo(session);
        assertThat(result.session()).isEqualTo(session);
        assertThat(ingest.tokens.verify(PROJECT, result.token()).orElseThrow().session())
                .isEqualTo(session);
    }

    @Test
    void cookieOfAnotherProjectIsNoCookie() throws Exception {
        ingest.cookies.put("mimic_session_shop-123", ingest.tokens.sign("other", UUID.randomUUID(), NOW));

        ingest.send(batch());

        assertThat(ingest.buffer.only().tokenSession()).isNull();
    }

    @Test
    void tokenInTheBodyServesWhereCookiesDoNotTravel() throws Exception {
        UUID session = UUID.randomUUID();
        String token = ingest.tokens.sign(PROJECT, session, NOW);
        ingest.contentType = "text/plain;charset=UTF-8";
        ingest.headers.put("sec-fetch-site", "cross-site");
        ingest.headers.put("origin", "https://static.example");

        IngestResult result = ingest.send(head(0) + "\"token\":\"" + token + "\",\"events\":[]}");

        assertThat(result.session()).isEqualTo(session);
        assertThat(result.tokenInBody()).isTrue();
    }

    @Test
    void newSessionIsToldToTheCatalogInTheBackground() throws Exception {
        ingest.headers.put("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0");

        IngestResult result = ingest.send(head(0) + META + "\"events\":[" + event(3, "{}") + "]}");

        await().until(() -> ingest.catalog.seen.size() == 1);
        Seen seen = ingest.catalog.seen.get(0);
        assertThat(seen.session()).isEqualTo(result.session());
        assertThat(seen.startedAt()).isEqualTo(NOW - 1_000);
        assertThat(seen.client().browser()).isEqualTo("Firefox");
        assertThat(seen.client().country()).isEqualTo("Germany");
        assertThat(ClientMetadata.fromJson(ingest.buffer.only().client()).url()).isEqualTo("https://shop.example/a");
        assertThat(ingest.buffer.onlyChunk().summary().title()).isEqualTo("A");
    }

    @Test
    void catalogThatIsDownRefusesNoBatch() throws Exception {
        ingest.send(batchOf(0));
        ingest.catalog.down = true;

        ingest.send(batchOf(1, event(3, "{}")));

        assertThat(ingest.buffer.appends).hasSize(2);
    }

    @Test
    void bufferThatIsDownIsAnsweredWithTryAgain() {
        ingest.buffer.down = true;

        assertThatThrownBy(() -> ingest.send(batch())).isInstanceOfSatisfying(BatchRejectedException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.retryAfterSeconds()).isPositive();
        });
    }

    @Test
    void moreBatchesAtOnceThanAllowedAreToldToComeAgain() {
        try (IngestFixture one = new IngestFixture(
                new IngestLimits(1 << 20, 1 << 20, 10, 100, 200, java.time.Duration.ofMinutes(1), 1, 1 << 20))) {
            java.io.InputStream body = new java.io.InputStream() {
                @Override
                public int read() {
                    assertThatThrownBy(() -> one.send(batch()))
                            .isInstanceOfSatisfying(
                                    BatchRejectedException.class,
                                    e -> assertThat(e.status()).isEqualTo(503));
                    return -1;
                }
            };
            assertThatThrownBy(() -> one.send(body))
                    .isInstanceOfSatisfying(
                            BatchRejectedException.class,
                            e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    @Test
    void everyBatchIsCountedOnceAndWithWhatItsRecorderLeftOut() throws Exception {
        String gap = plugin("mimic/gap@1", "{\"reason\":\"offline\"}");
        String body = batch(gap, event(3, "{\"source\":2,\"type\":2}"));

        ingest.send(body);
        ingest.send(body);
        ingest.send(batchOf(1));

        assertThat(ingest.counters.batches()).isEqualTo(2);
        assertThat(ingest.counters.bytes())
                .isEqualTo(ingest.buffer.appends.values().stream()
                        .mapToLong(append -> append.chunk().rawBytes())
                        .sum())
                .isPositive();
        assertThat(ingest.counters.recorderGaps()).isEqualTo(1);
        assertThat(ingest.counters.rejections()).isZero();
    }

    @Test
    void batchThatIsNotAcceptedIsCountedByItsReason() {
        ingest.projects.load();
        refused("no json");
        refused(batch().replace(PROJECT, "unknown"));
        ingest.contentType = "text/html";
        refused(batch());
        ingest.contentType = "application/json";
        ingest.buffer.down = true;
        refused(batch());
        ingest.buffer.down = false;
        ingest.buffer.full = true;
        refused(batch());
        ingest.ingestor.close();
        refused(batch());

        assertThat(EnumSet.allOf(Rejection.class))
                .filteredOn(reason -> ingest.counters.rejections(reason) == 1)
                .containsExactly(
                        Rejection.MALFORMED,
                        Rejection.FORBIDDEN,
                        Rejection.WRONG_TYPE,
                        Rejection.NOT_READY,
                        Rejection.FULL,
                        Rejection.STORE);
        assertThat(ingest.counters.rejections()).isEqualTo(6);
        assertThat(ingest.counters.batches()).isZero();
    }

    private void refused(String body) {
        assertThatThrownBy(() -> ingest.send(body)).isInstanceOf(BatchRejectedException.class);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
