package io.mimic.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.archive.TestChunk;
import io.mimic.archive.TestPipeline;
import io.mimic.buffer.Chunk;
import io.mimic.privacy.Scrubber;
import io.mimic.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server saw on its way into sessions, over a real buffer. */
class ServerDeliveryTest {
    private static final String PROJECT = TestPipeline.PROJECT;
    private static final ServerSettings SETTINGS = new ServerSettings(
            false, SecretNames.with(List.of()), Scrubber.of(Scrubber.Scope.ALL, List.of("customer-\\d+")));

    @TempDir
    Path folder;

    private TestPipeline pipeline;
    private ServerDelivery delivery;
    private UUID session;

    @BeforeEach
    void open() {
        pipeline = new TestPipeline(folder);
        delivery = new ServerDelivery(pipeline.buffer.proxy(), SETTINGS);
        session = pipeline.begin(TestChunk.of(TestChunk.PAGE, 0).meta(now()).build());
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void requestBecomesAnEventOfItsSession() {
        take(item(session, "request-1", "browser", request(500, new IllegalStateException("password=x"))));

        String event = onlyServerEvents(session).get(0);
        assertThat(event)
                .startsWith(now() + "\t{\"type\":6,\"timestamp\":" + now())
                .contains(
                        "\"plugin\":\"mimic/server@1\"",
                        "\"id\":\"request-1\"",
                        "\"route\":\"/orders/{id}\"",
                        "\"status\":500",
                        "\"type\":\"java.lang.IllegalStateException\"",
                        "\"message\":\"password=***\"",
                        "\"level\":\"WARN\"",
                        "\"message\":\"slow: token=***\"");
    }

    @Test
    void pageThatFailsCountsForItsSession() {
        take(item(session, "request-1", "browser", request(500, null)));
        assertThat(serverChunks(session).get(0).summary().failedRequests()).isEqualTo(1);
        assertThat(serverChunks(session).get(0).summary().statuses()).containsExactly(500);
    }

    @Test
    void everybodyWhomTheHostNamesInOneBatchIsKept() {
        delivery.take(item(session, "r", "browser", new ServerFact.Identity("ann", "{}")), now());
        delivery.take(item(session, "r", "browser", new ServerFact.Identity("bob", "{}")), now());
        delivery.deliver(now());

        assertThat(serverChunks(session).get(0).summary().users()).containsExactlyInAnyOrder("ann", "bob");
    }

    @Test
    void whatTheHostSaysOfTheUserIsTold() {
        take(item(session, "r", "browser", new ServerFact.Identity("ann", "{\"plan\":\"pro\"}")));
        take(item(session, "r", "browser", new ServerFact.Moment("paid", "{\"total\":12}")));

        List<Chunk> chunks = serverChunks(session);
        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(0).summary().user()).isEqualTo("ann");
        assertThat(chunks.get(0).summary().traits()).isEqualTo("{\"plan\":\"pro\"}");
        assertThat(chunks.get(1).summary().eventNames()).containsExactly("paid");
        assertThat(chunks.get(1).page()).isEqualTo(chunks.get(0).page()).hasSize(31);
        assertThat(chunks.get(1).seq()).isEqualTo(1);
    }

    @Test
    void whatTheHostSaysIsKeptWithoutWhatMustNotBe() {
        take(item(
                session,
                "r",
                "browser",
                new ServerFact.Identity(
                        "ann@example.org", "{\"mail\":\"ann@example.org\",\"card\":\"4111 1111 1111 1111\"}")));
        take(item(
                session,
                "r",
                "browser",
                new ServerFact.Moment(
                        "paid by customer-4711",
                        "{\"to\":\"ann@example.org\",\"card\":\"4111111111111111\",\"for\":\"customer-4711\"}")));

        List<Chunk> chunks = serverChunks(session);
        assertThat(chunks.get(0).summary().user()).isEqualTo("ann@example.org");
        assertThat(chunks.get(0).summary().traits()).isEqualTo("{\"mail\":\"ann@example.org\",\"card\":\"***\"}");
        assertThat(chunks.get(1).summary().eventNames()).containsExactly("paid by ***");
        assertThat(new String(chunks.get(0).timeline(), StandardCharsets.UTF_8))
                .contains("{\"mail\":\"ann@example.org\",\"card\":\"***\"}");
        assertThat(new String(chunks.get(1).timeline(), StandardCharsets.UTF_8))
                .contains("\"name\":\"paid by ***\",\"data\":{\"to\":\"***\",\"card\":\"***\",\"for\":\"***\"}");
    }

    @Test
    void halfASurrogatePairOfTheHostsHoldsNothingUp() {
        String half = PlainJson.of(
                Map.of("q", "\ud83d", "long", "a".repeat(999) + "\ud83d\ude00"), SecretNames.with(List.of()));
        take(item(session, "r", "browser", new ServerFact.Moment("searched \ud83d", half)));

        assertThat(onlyServerEvents(session).get(0)).contains("\"q\":\"?\"");
    }

    @Test
    void cutOfALongLineLeavesNoHalfOfACard() {
        String message = "x ".repeat(495) + "4111 1111 1111 1111 was refused";
        take(item(session, "r", "browser", request(500, new IllegalStateException(message))));

        assertThat(onlyServerEvents(session).get(0)).contains("x ***").doesNotContain("4111");
        String data =
                PlainJson.of(Map.of("said", "x ".repeat(495) + "4111 1111 1111 1111"), SecretNames.with(List.of()));
        assertThat(data).doesNotContain("4111");
    }

    @Test
    void firstPageIsHeldUntilItsBrowserClaimsIt() {
        take(item(null, "request-1", "browser", request(200, null)));
        assertThat(serverChunks(session)).isEmpty();

        claim("browser", "request-1");

        assertThat(onlyServerEvents(session)).hasSize(1);
    }

    @Test
    void claimMayComeBeforeTheRequestHasEnded() {
        claim("browser", "request-1");
        take(item(null, "request-1", "browser", request(200, null)));
        assertThat(onlyServerEvents(session)).hasSize(1);
    }

    @Test
    void anotherBrowserCannotClaimIt() {
        take(item(null, "request-1", "browser", request(200, null)));
        claim("another browser", "request-1");
        assertThat(serverChunks(session)).isEmpty();
    }

    @Test
    void nobodyClaimsItAfterAMinute() {
        take(item(null, "request-1", "browser", request(200, null)));
        pipeline.clock.advance(Duration.ofSeconds(61));
        delivery.deliver(now());
        pipeline.append(TestChunk.of(TestChunk.PAGE, 1).meta(now()).build(), session);

        claim("browser", "request-1");

        assertThat(serverChunks(session)).isEmpty();
    }

    @Test
    void requestOfASessionThatIsOverBeginsNone() {
        pipeline.passTimeout();
        take(item(session, "request-1", "browser", request(500, null)));
        assertThat(serverChunks(session)).isEmpty();
    }

    @Test
    void requestOfASessionThatIsOverJoinsTheOneThatItsPageBegins() {
        pipeline.passTimeout();
        take(item(session, "request-1", "browser", request(500, null)));
        UUID next =
                pipeline.begin(TestChunk.of(TestChunk.OTHER_PAGE, 0).meta(now()).build());

        delivery.claim(PROJECT, next, List.of("request-1"), "browser", now());
        delivery.deliver(now());

        assertThat(onlyServerEvents(next)).hasSize(1);
    }

    @Test
    void storeThatIsAwayIsWaitedFor() {
        pipeline.buffer.before("attach", () -> {
            throw new StoreException("away", null);
        });
        take(item(session, "request-1", "browser", request(500, null)));
        assertThat(serverChunks(session)).isEmpty();
        pipeline.clock.advance(Duration.ofSeconds(6));
        delivery.deliver(now());
        assertThat(onlyServerEvents(session)).hasSize(1);
        assertThat(delivery.dropped()).isZero();
    }

    @Test
    void whatNobodyClaimsTakesABoundedRoom() {
        for (int i = 0; i < 6_000; i++) {
            delivery.take(item(null, "request-" + i, "bot", request(200, null)), now());
        }
        assertThat(delivery.dropped()).isEqualTo(1_000);
        claim("bot", "request-0", "request-5999");
        assertThat(onlyServerEvents(session)).hasSize(1);
    }

    @Test
    void hostsObjectsAreWrittenPlainly() {
        Map<String, Object> traits = new java.util.LinkedHashMap<>();
        traits.put("plan", "pro");
        traits.put("seats", 3);
        traits.put("apiKey", "k-1");
        traits.put("since", java.time.LocalDate.of(2026, 1, 2));
        traits.put("tags", List.of("a", Double.NaN));
        traits.put("self", traits);
        assertThat(PlainJson.of(traits, SETTINGS.names()))
                .startsWith(
                        "{\"plan\":\"pro\",\"seats\":3,\"apiKey\":\"***\",\"since\":\"2026-01-02\",\"tags\":[\"a\",\"NaN\"],\"self\":{");
    }

    private long now() {
        return pipeline.clock.millis();
    }

    private void take(ServerItem item) {
        delivery.take(item, now());
        delivery.deliver(now());
    }

    private void claim(String client, String... requests) {
        delivery.claim(PROJECT, session, List.of(requests), client, now());
        delivery.deliver(now());
    }

    private ServerItem item(UUID named, String request, String client, ServerFact fact) {
        return new ServerItem(PROJECT, named, request, client, now(), fact);
    }

    private ServerFact request(int status, Throwable exception) {
        return new ServerFact.Request(
                "POST",
                "/orders/17",
                true,
                "/orders/{id}",
                "Orders.place",
                status,
                12,
                null,
                exception,
                List.of(new LogLine("WARN", "com.example.Orders", "slow: token=abc", now() + 5)),
                0);
    }

    private List<Chunk> serverChunks(UUID of) {
        List<Chunk> chunks = new ArrayList<>();
        pipeline.stores.buffer().read(PROJECT, of, chunk -> {
            if (chunk.window().equals(Chunk.SERVER_WINDOW)) {
                chunks.add(chunk);
            }
        });
        return chunks;
    }

    private List<String> onlyServerEvents(UUID of) {
        List<Chunk> chunks = serverChunks(of);
        assertThat(chunks).hasSize(1);
        return new String(chunks.get(0).timeline(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
