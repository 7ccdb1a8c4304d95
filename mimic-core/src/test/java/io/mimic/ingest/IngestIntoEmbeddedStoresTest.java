package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.bytes;
import static io.mimic.ingest.IngestFixture.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mimic.SettableClock;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.SessionBounds;
import io.mimic.catalog.SessionRow;
import io.mimic.embedded.EmbeddedStores;
import io.mimic.metric.Counters;
import io.mimic.privacy.AddressRule;
import io.mimic.project.Origins;
import io.mimic.project.ProjectSettings;
import io.mimic.project.Projects;
import io.mimic.session.Clients;
import io.mimic.session.SessionTokens;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a batch into the stores that an app has by default. */
class IngestIntoEmbeddedStoresTest {
    private static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));
    private static final String META =
            "\"meta\":{\"url\":\"https://shop.example/\",\"title\":\"Shop\",\"timeZone\":\"Asia/Tokyo\"},";

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(IngestFixture.NOW);
    private EmbeddedStores stores;
    private Clients clients;
    private Ingestor ingestor;

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(folder.resolve("data"), BOUNDS, clock);
        SessionTokens tokens = SessionTokens.open(stores.catalog(), "", "");
        Projects projects = Projects.open(
                new ProjectSettings("shop", IngestFixture.PROJECT, "", "", false, ""), stores.catalog(), clock);
        tokens.load();
        projects.load();
        clients = Clients.open("", AddressRule.of(AddressRule.Kept.FULL));
        ingestor = Ingestor.open(
                new IngestSettings(
                        Duration.ofSeconds(5),
                        Origins.NONE,
                        "",
                        IngestRates.UNBOUNDED,
                        IngestFixture.LIMITS,
                        IngestFixture.SCRUBBER),
                projects,
                tokens,
                clients,
                stores.buffer(),
                stores.catalog(),
                new Counters(),
                clock);
    }

    @AfterEach
    void close() {
        ingestor.close();
        clients.close();
        stores.close();
    }

    @Test
    void batchesOfAVisitAreOneSessionThatIsListedAtOnce() throws Exception {
        IngestResult first = send(0, META, null, event(4, "{\"href\":\"https://shop.example/\"}"), event(2, "{}"));
        clock.advance(Duration.ofSeconds(5));
        IngestResult second = send(1, "", first.token(), event(3, "{\"source\":1}"));
        IngestResult again = send(1, "", first.token(), event(3, "{\"source\":1}"));

        assertThat(first.created()).isTrue();
        assertThat(second.session()).isEqualTo(first.session());
        assertThat(second.created()).isFalse();
        assertThat(again.session()).isEqualTo(first.session());
        assertThat(chunks(first.session())).hasSize(2);
        await().until(() ->
                stores.catalog().session(IngestFixture.PROJECT, first.session()).isPresent());
        SessionRow row =
                stores.catalog().session(IngestFixture.PROJECT, first.session()).orElseThrow();
        assertThat(row.active()).isTrue();
        assertThat(row.country()).isEqualTo("Japan");
        assertThat(row.landingUrl()).isEqualTo("https://shop.example/");
    }

    @Test
    void chunkComesBackAsItWasCounted() throws Exception {
        String event = event(3, "{\"source\":5,\"text\":\"\\u0000\\ud800😀\"}");

        IngestResult result = send(0, META, null, event);

        Chunk chunk = chunks(result.session()).get(0);
        assertThat(new String(chunk.dom(), StandardCharsets.UTF_8))
                .isEqualTo((IngestFixture.NOW - 1_000) + "\t" + event + "\n");
        assertThat(chunk.summary().userEvents()).isEqualTo(1);
        assertThat(chunk.summary().title()).isEqualTo("Shop");
    }

    @Test
    void cookieOfASessionOutOfReachBeginsANewOne() throws Exception {
        IngestResult first = send(0, META, null);
        clock.advance(Duration.ofHours(1));

        IngestResult second = send("f".repeat(32), 0, META, first.token());

        assertThat(second.session()).isNotEqualTo(first.session());
        assertThat(second.created()).isTrue();
    }

    @Test
    void stoppedIngestorSaysSo() {
        ingestor.close();

        assertThatThrownBy(() -> send(0, META, null))
                .isInstanceOfSatisfying(
                        BatchRejectedException.class,
                        e -> assertThat(e.status()).isEqualTo(503));
    }

    private List<Chunk> chunks(UUID session) {
        List<Chunk> chunks = new ArrayList<>();
        stores.buffer().read(IngestFixture.PROJECT, session, chunks::add);
        return chunks;
    }

    private IngestResult send(int seq, String meta, String cookie, String... events) throws Exception {
        return send(IngestFixture.PAGE, seq, meta, cookie, events);
    }

    private IngestResult send(String page, int seq, String meta, String cookie, String... events) throws Exception {
        String body = IngestFixture.head(seq)
                        .replace(IngestFixture.PAGE, page)
                        .replace("" + IngestFixture.NOW, "" + clock.millis())
                + meta + "\"events\":[" + String.join(",", events) + "]}";
        return ingestor.ingest(new IngestRequest(
                new ByteArrayInputStream(bytes(body)),
                "application/json",
                null,
                "192.0.2.7",
                name -> null,
                name -> name.equals("mimic_session_shop-123") ? cookie : null));
    }
}
