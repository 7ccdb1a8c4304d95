package io.mimic.replay;

import static io.mimic.archive.TestChunk.OTHER_PAGE;
import static io.mimic.archive.TestChunk.PAGE;
import static io.mimic.archive.TestPipeline.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.archive.Archiver;
import io.mimic.archive.TestChunk;
import io.mimic.archive.TestPipeline;
import io.mimic.buffer.Chunk;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionQuery;
import io.mimic.replay.SessionReader.NoSuchSessionException;
import io.mimic.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReaderTest {
    private static final long T = 1_795_000_000_000L;
    private static final String SERVER_PAGE = "0123456789abcdef0123456789abcde";
    private static final EventQuery ALL = new EventQuery(null, 0, 0, false);

    @TempDir
    Path temporary;

    private TestPipeline pipeline;
    private Archiver archiver;
    private SessionReader reader;

    @BeforeEach
    void open() {
        pipeline = new TestPipeline(temporary);
        archiver = pipeline.archiver();
        reader = pipeline.reader();
    }

    @AfterEach
    void close() {
        archiver.close();
        pipeline.close();
    }

    @Test
    void eventsOfAllSegmentsAndTheBufferComeInTheOrderOfTheirBatches() throws IOException {
        UUID session = pipeline.begin(first());
        pipeline.append(TestChunk.of(PAGE, 2).mutation(T + 200, "two").build(), session);
        archive();
        pipeline.append(TestChunk.of(PAGE, 1).mutation(T + 100, "one, late").build(), session);
        archive();
        pipeline.append(TestChunk.of(PAGE, 3).mutation(T + 300, "three, live").build(), session);

        assertThat(pipeline.segments(session)).hasSize(2);
        assertThat(texts(events(session, ALL)))
                .containsExactly("meta", "first", "error boom", "one, late", "two", "three, live");
    }

    @Test
    void partsOfABatchAreJoinedByTime() throws IOException {
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0)
                .mutation(T + 10, "a")
                .error(T + 15, "b")
                .mutation(T + 20, "c")
                .error(T + 20, "same time")
                .mutation(T + 30, "d")
                .build());
        archive();

        assertThat(texts(events(session, ALL))).containsExactly("a", "error b", "error same time", "c", "d");
    }

    @Test
    void everyByteOfAnEventIsAsTheBrowserSentIt() throws IOException {
        String odd =
                "{\"type\":3,\"data\":{\"a\":1.50e3,\"b\":\"\\ud83d\\ude00 \\u0000\",\"c\":9007199254740993},\"timestamp\":"
                        + T + "}";
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0).dom(T, odd).build());
        String live = eventsText(session, ALL);
        archive();

        assertThat(live).isEqualTo("[" + odd + "]");
        assertThat(eventsText(session, ALL)).isEqualTo(live);
    }

    @Test
    void onlyTheWindowThatIsAskedForIsAnswered() throws IOException {
        UUID session = pipeline.begin(first());
        pipeline.append(
                TestChunk.of(OTHER_PAGE, 0)
                        .window("window-2")
                        .snapshot(T + 50, "other tab")
                        .build(),
                session);
        archive();

        assertThat(texts(events(session, new EventQuery("window-2", 0, 0, false))))
                .containsExactly("other tab");
        assertThat(texts(events(session, new EventQuery("window-1", 0, 0, false))))
                .containsExactly("meta", "first", "error boom");
        assertThat(events(session, new EventQuery("none-such", 0, 0, false))).isEmpty();
    }

    @Test
    void eventsBeginWithTheSnapshotBeforeTheMomentAndItsMeta() throws IOException {
        UUID session = pipeline.begin(first());
        pipeline.append(
                TestChunk.of(PAGE, 1)
                        .mutation(T + 900, "not needed")
                        .meta(T + 1_000)
                        .snapshot(T + 1_001, "second")
                        .mutation(T + 1_500, "seen")
                        .mutation(T + 3_000, "too late")
                        .build(),
                session);
        archive();
        pipeline.append(
                TestChunk.of(PAGE, 2).mutation(T + 4_000, "far too late").build(), session);

        assertThat(texts(events(session, new EventQuery("window-1", T + 1_400, T + 2_000, false))))
                .containsExactly("meta", "second", "seen");
        assertThat(texts(events(session, new EventQuery("window-1", T + 500, T + 950, false))))
                .containsExactly("meta", "first", "error boom", "not needed");
    }

    @Test
    void pagesBeforeTheOneThatShowsTheMomentAreLeftOut() throws IOException {
        UUID session = pipeline.begin(first());
        pipeline.append(
                TestChunk.of(OTHER_PAGE, 0)
                        .meta(T + 5_000)
                        .snapshot(T + 5_001, "next page")
                        .build(),
                session);
        archive();

        assertThat(texts(events(session, new EventQuery(null, T + 6_000, 0, false))))
                .containsExactly("meta", "next page");
        assertThat(texts(events(session, new EventQuery(null, T + 100, 0, false))))
                .containsExactly("meta", "first", "error boom", "meta", "next page");
    }

    @Test
    void domAloneKeepsMetaAndLeavesOutPlugins() throws IOException {
        UUID session = pipeline.begin(first());
        archive();

        assertThat(texts(events(session, new EventQuery(null, 0, 0, true)))).containsExactly("meta", "first");
    }

    @Test
    void clockThatIsWrongByMoreThanFiveMinutesIsCorrected() throws IOException {
        long wrong = Duration.ofDays(1).toMillis() + 700;
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0)
                .skew(wrong)
                .snapshot(T + wrong, "a")
                .error(T + wrong + 5, "b")
                .build());
        archive();

        assertThat(events(session, ALL))
                .extracting(event -> event.get("timestamp"))
                .containsExactly(T + 700, T + 705);
        Map<String, Object> error = list(timeline(session), "errors").get(0);
        assertThat(error.get("at")).isEqualTo(T + 705);
        assertThat(session(session)).containsEntry("skewMs", (int) wrong);
        assertThat(list(session(session), "pages").get(0)).containsEntry("firstAt", T + 700);
    }

    @Test
    void smallSkewIsLeftAlone() throws IOException {
        UUID session = pipeline.begin(
                TestChunk.of(PAGE, 0).skew(299_000).snapshot(T, "a").build());

        assertThat(events(session, ALL))
                .extracting(event -> event.get("timestamp"))
                .containsExactly(T);
    }

    @Test
    void damagedSegmentLeavesAGapAndTheRestCanBeRead() throws IOException {
        UUID session = pipeline.begin(first());
        archive();
        pipeline.append(
                TestChunk.of(PAGE, 1)
                        .mutation(T + 1_000, "lost")
                        .error(T + 1_001, "lost")
                        .build(),
                session);
        archive();
        pipeline.append(
                TestChunk.of(PAGE, 2)
                        .snapshot(T + 2_000, "after")
                        .error(T + 2_001, "after")
                        .build(),
                session);
        archive();
        SegmentRow damaged = pipeline.segments(session).get(1);
        byte[] object = pipeline.objects.objects.get(damaged.object());
        java.util.Arrays.fill(object, 12, object.length, (byte) 7);

        assertThat(texts(events(session, ALL)))
                .containsExactly("meta", "first", "error boom", "gap damaged", "after", "error after");
        Map<String, Object> timeline = timeline(session);
        assertThat(list(timeline, "errors"))
                .extracting(row -> row.get("message"))
                .containsExactly("boom", "after");
        assertThat(list(timeline, "gaps"))
                .singleElement()
                .satisfies(gap -> assertThat(gap)
                        .containsEntry("reason", "damaged")
                        .containsEntry("from", T + 1_000)
                        .containsEntry("to", T + 1_001));
        assertThat(list(JSON.std.mapFrom(json(out -> reader.writeList(query(), out))), "items"))
                .hasSize(1);
        assertThat(session(session)).containsEntry("state", "ended");
    }

    @Test
    void archiveThatIsDownIsNoGap() {
        UUID session = pipeline.begin(first());
        archive();
        pipeline.archive.before("open", () -> {
            throw new StoreException("away", null);
        });

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> eventsText(session, ALL));
    }

    @Test
    void endedSessionIsReadWhileTheBufferIsDown() throws IOException {
        UUID session = pipeline.begin(first());
        archive();
        pipeline.buffer.before("read", () -> {
            throw new StoreException("away", null);
        });

        assertThat(texts(events(session, ALL))).contains("first");
    }

    @Test
    void activeSessionIsNotShownInPartWhileTheBufferIsDown() {
        UUID session = pipeline.begin(first());
        pipeline.buffer.before("read", () -> {
            throw new StoreException("away", null);
        });

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> eventsText(session, ALL));
    }

    @Test
    void batchThatIsArchivedWhileItIsReadIsSeenOnce() throws IOException {
        UUID session = pipeline.begin(first());
        pipeline.passTimeout();
        pipeline.buffer.after("read", archiver::archiveWaiting);

        assertThat(texts(events(session, ALL))).containsExactly("meta", "first", "error boom");
    }

    @Test
    void holesInTheNumbersAreGaps() throws IOException {
        UUID session = pipeline.begin(first());
        pipeline.append(TestChunk.of(PAGE, 3).error(T + 9_000, "after the hole").build(), session);
        archive();

        assertThat(list(timeline(session), "gaps"))
                .singleElement()
                .satisfies(gap -> assertThat(gap)
                        .containsEntry("reason", "lost")
                        .containsEntry("from", T + 5)
                        .containsEntry("to", T + 9_000)
                        .containsEntry("page", PAGE));
        assertThat(list(list(session(session), "pages").get(0), "gaps"))
                .containsExactly(Map.of("fromSeq", 1, "toSeq", 2));
    }

    @Test
    void timelineHasARowForEveryKindOfEvent() throws IOException {
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0)
                .snapshot(T, "a")
                .plugin(T + 1, "mimic/navigation@1", "{\"url\":\"/cart\",\"kind\":\"push\",\"title\":\"Cart\"}")
                .plugin(
                        T + 2,
                        "rrweb/console@1",
                        "{\"level\":\"error\",\"trace\":[\"a:1\"],\"payload\":[\"\\\"bad\\\"\"]}")
                .plugin(T + 3, "mimic/click@1", "{\"label\":\"Buy\",\"selector\":\"#buy\",\"x\":1,\"y\":2,\"rage\":4}")
                .plugin(T + 4, "mimic/vital@1", "{\"name\":\"LCP\",\"value\":1200.5,\"rating\":\"good\"}")
                .plugin(T + 5, "mimic/gap@1", "{\"reason\":\"too-large\",\"bytes\":70000000}")
                .plugin(T + 6, "mimic/visibility@1", "{\"state\":\"hidden\"}")
                .plugin(T + 7, "mimic/pause@1", "{\"reason\":\"idle\"}")
                .plugin(T + 8, "mimic/identify@1", "{\"user\":\"ann\",\"traits\":{\"plan\":\"pro\"}}")
                .plugin(T + 9, "mimic/event@1", "{\"name\":\"checkout\",\"data\":{\"total\":12}}")
                .plugin(T + 10, "mimic/websocket@1", "{\"id\":1,\"kind\":\"open\",\"url\":\"wss://x\"}")
                .plugin(
                        T + 11,
                        "mimic/websocket@1",
                        "{\"id\":1,\"kind\":\"message\",\"direction\":\"out\",\"size\":5,\"payload\":\"hello\"}")
                .plugin(T + 12, "mimic/websocket@1", "{\"id\":1,\"kind\":\"close\",\"code\":1000}")
                .request(T + 500, 503, 400)
                .input(T + 600)
                .build());
        archive();

        Map<String, Object> timeline = timeline(session);

        assertThat(list(timeline, "network"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("at", T + 100)
                        .containsEntry("durationMs", 400)
                        .containsEntry("url", "https://shop.example/cart")
                        .containsEntry("failed", true)
                        .containsEntry("server", null)
                        .containsEntry("window", "window-1")
                        .containsEntry("page", PAGE));
        assertThat(list(timeline, "console").get(0)).containsEntry("args", List.of("\"bad\""));
        assertThat(list(timeline, "navigations").get(0)).containsEntry("url", "/cart");
        assertThat(list(timeline, "clicks").get(0)).containsEntry("rage", 4);
        assertThat(list(timeline, "vitals").get(0)).containsEntry("value", 1200.5);
        assertThat(list(timeline, "gaps").get(0)).containsEntry("bytes", 70_000_000);
        assertThat(list(timeline, "visibility").get(0)).containsEntry("state", "hidden");
        assertThat(list(timeline, "identify").get(0)).containsEntry("traits", Map.of("plan", "pro"));
        assertThat(list(timeline, "events").get(0)).containsEntry("data", Map.of("total", 12));
        assertThat(list(timeline, "websockets").get(0))
                .containsEntry("messagesOut", 1)
                .containsEntry("bytesOut", 5)
                .containsEntry("closedAt", T + 12)
                .containsEntry("code", 1000);
        assertThat(list(timeline, "markers"))
                .extracting(marker -> marker.get("kind"))
                .containsExactly("navigation", "console", "rage", "gap", "visibility", "pause", "event", "request");
        assertThat(timeline.get("activity")).isEqualTo(List.of(List.of(T, 1)));
        assertThat(timeline).containsEntry("startedAt", T).containsEntry("endedAt", T + 600);
    }

    @Test
    void requestIsJoinedByItsIdWithWhatTheServerSawOfIt() throws IOException {
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0)
                .plugin(
                        T + 90,
                        "rrweb/network@1",
                        "{\"requests\":[{\"name\":\"/a\",\"status\":500,\"duration\":80,\"serverId\":\"request-1\"},"
                                + "{\"name\":\"/a\",\"status\":500,\"duration\":80,\"serverId\":\"request-1\"}]}")
                .build());
        attach(
                session,
                TestChunk.of(SERVER_PAGE, 0)
                        .plugin(
                                T + 20,
                                "mimic/server@1",
                                "{\"id\":\"request-1\",\"startedAt\":" + (T + 20)
                                        + ",\"traceId\":\"t1\",\"method\":\"GET\",\"route\":\"/{x}\",\"handler\":\"A.a\",\"status\":500,"
                                        + "\"durationMs\":40,\"exception\":{\"type\":\"a.B\",\"stack\":\"a.B\"},\"logs\":[{\"level\":\"WARN\","
                                        + "\"logger\":\"a\",\"message\":\"m\",\"timestamp\":" + (T + 25) + "}]}"));

        List<Map<String, Object>> network = list(timeline(session), "network");

        assertThat(network).hasSize(2);
        assertThat(network.get(0)).containsEntry("traceId", "t1");
        assertThat(member(network.get(0), "server"))
                .containsEntry("route", "/{x}")
                .containsEntry("handler", "A.a")
                .containsEntry("durationMs", 40)
                .containsEntry("exception", Map.of("type", "a.B", "stack", "a.B"))
                .containsEntry(
                        "logs",
                        List.of(Map.of("level", "WARN", "logger", "a", "message", "m", "timestamp", T + 10 + 20 + 5)));
        assertThat(network.get(1))
                .as("the second came from the browser's cache")
                .containsEntry("server", null);
    }

    @Test
    void whatTheServerSawIsAmongTheEventsButNotOfTheDom() throws IOException {
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0).meta(T).build());
        String seen = "{\"id\":\"request-%d\",\"method\":\"GET\",\"path\":\"/a\",\"status\":200,\"durationMs\":40}";
        attach(
                session,
                TestChunk.of(SERVER_PAGE, 0)
                        .plugin(T + 20, "mimic/server@1", seen.formatted(1))
                        .plugin(T + 40, "mimic/server@1", seen.formatted(2)));

        assertThat(plugins(events(session, ALL))).containsExactly("mimic/server@1", "mimic/server@1");
        assertThat(plugins(events(session, new EventQuery("server", 0, 0, false))))
                .hasSize(2);
        assertThat(plugins(events(session, new EventQuery("server", T + 30, T + 50, false))))
                .hasSize(1);
        assertThat(plugins(events(session, new EventQuery("window-1", 0, 0, false))))
                .isEmpty();
        assertThat(plugins(events(session, new EventQuery(null, 0, 0, true)))).isEmpty();
    }

    private static List<Object> plugins(List<Map<String, Object>> events) {
        return events.stream()
                .filter(event -> Integer.valueOf(6).equals(event.get("type")))
                .map(event -> member(event, "data").get("plugin"))
                .toList();
    }

    @Test
    void requestThatNoBrowserToldOfIsARowOfItsOwn() throws IOException {
        UUID session =
                pipeline.begin(TestChunk.of(PAGE, 0).skew(-30_000).meta(T).build());
        attach(
                session,
                TestChunk.of(SERVER_PAGE, 0)
                        .plugin(
                                T + 30_005,
                                "mimic/server@1",
                                "{\"id\":\"request-1\",\"startedAt\":1,\"method\":\"POST\",\"path\":\"/login\",\"document\":true,\"status\":500,\"durationMs\":40}"));

        Map<String, Object> timeline = timeline(session);

        assertThat(list(timeline, "network").get(0))
                .as("by the clock of the browser")
                .containsEntry("at", T + 5)
                .containsEntry("page", PAGE)
                .containsEntry("window", "window-1")
                .containsEntry("method", "POST")
                .containsEntry("url", "https://shop.example/login")
                .containsEntry("initiator", "document")
                .containsEntry("failed", true);
        assertThat(list(timeline, "markers"))
                .extracting(marker -> marker.get("label"))
                .containsExactly("500 POST https://shop.example/login");
    }

    @Test
    void whatTheServerSawIsNoPageAndNoWindow() throws IOException {
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0).meta(T).build());
        attach(
                session,
                TestChunk.of(SERVER_PAGE, 0)
                        .user("ann")
                        .plugin(T - 5_000, "mimic/identify@1", "{\"user\":\"ann\",\"traits\":{}}")
                        .plugin(T + 99_000, "mimic/event@1", "{\"name\":\"paid\",\"data\":{}}"));

        for (boolean archived : new boolean[] {false, true}) {
            if (archived) {
                archive();
            }
            Map<String, Object> detail = session(session);
            assertThat(list(detail, "pages")).extracting(page -> page.get("id")).containsExactly(PAGE);
            assertThat(list(detail, "windows")).hasSize(1);
            assertThat(detail).containsEntry("user", "ann");
            assertThat(list(timeline(session), "events"))
                    .extracting(event -> event.get("name"))
                    .containsExactly("paid");
            assertThat(list(timeline(session), "identify")).hasSize(1);
            assertThat(timeline(session)).containsEntry("startedAt", T).containsEntry("endedAt", T);
        }
        assertThat(pipeline.segments(session)).hasSize(1);
        assertThat(pipeline.stores
                        .catalog()
                        .session(PROJECT, session)
                        .orElseThrow()
                        .pages())
                .isEqualTo(1);
    }

    private void attach(UUID session, TestChunk chunk) {
        assertThat(pipeline.stores
                        .buffer()
                        .attach(PROJECT, session, chunk.window("server").build()))
                .isTrue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> row, String name) {
        return (Map<String, Object>) row.get(name);
    }

    @Test
    void markersPointIntoTheirLists() throws IOException {
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0)
                .error(T + 50, "second")
                .error(T + 10, "first")
                .build());

        Map<String, Object> timeline = timeline(session);
        for (Map<String, Object> marker : list(timeline, "markers")) {
            assertThat(list(timeline, "errors").get((Integer) marker.get("ref")))
                    .containsEntry("message", marker.get("label"));
        }
    }

    @Test
    void rowsBeyondTheBoundAreCountedNotHeld() throws IOException {
        TestChunk flood = TestChunk.of(PAGE, 0);
        for (int i = 0; i < 20_010; i++) {
            flood.plugin(T + i, "rrweb/console@1", "{\"level\":\"log\",\"payload\":[\"x\"]}");
        }
        UUID session = pipeline.begin(flood.build());

        Map<String, Object> timeline = timeline(session);
        assertThat(list(timeline, "console")).hasSize(20_000);
        assertThat(timeline.get("leftOut")).isEqualTo(Map.of("console", 10));
    }

    @Test
    void forgedEventCostsItsRowAlone() throws IOException {
        String deep = "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
        UUID session = pipeline.begin(TestChunk.of(PAGE, 0)
                .plugin(T, "mimic/event@1", "{\"name\":\"deep\",\"data\":" + deep + "}")
                .plugin(T + 1, "mimic/event@1", "{\"name\":\"twice\",\"name\":\"twice\"}")
                .plugin(T + 2, "mimic/event@1", "[\"no object\"]")
                .plugin(T + 3, "rrweb/network@1", "{\"requests\":[1,{\"duration\":-5,\"status\":\"x\",\"name\":{}}]}")
                .plugin(T + 4, "rrweb/console@1", "{\"level\":7,\"payload\":{}}")
                .error(T + 5, "boom")
                .build());

        Map<String, Object> timeline = timeline(session);
        assertThat(list(timeline, "errors")).hasSize(1);
        assertThat(timeline.get("leftOut")).isEqualTo(Map.of("unreadable", 2));
        assertThat(eventsText(session, ALL)).contains("twice").contains(deep);
    }

    @Test
    @Tag("slow")
    void longSessionIsReadInLittleMemory() throws IOException {
        UUID session = pipeline.begin(first());
        java.util.Random random = new java.util.Random(1);
        for (int seq = 1; seq <= 60; seq++) {
            TestChunk chunk = TestChunk.of(PAGE, seq);
            for (int i = 0; i < 40; i++) {
                chunk.mutation(
                        T + seq * 100L + i, Long.toHexString(random.nextLong()).repeat(6_250));
            }
            pipeline.append(chunk.build(), session);
        }
        archive();
        long[] bytes = {0};
        reader.writeEvents(PROJECT, session, ALL, new OutputStream() {
            @Override
            public void write(int b) {
                bytes[0]++;
            }

            @Override
            public void write(byte[] block, int offset, int length) {
                bytes[0] += length;
            }
        });
        assertThat(bytes[0]).isGreaterThan(200_000_000);
        assertThat(java.lang.management.ManagementFactory.getMemoryMXBean()
                        .getHeapMemoryUsage()
                        .getMax())
                .as("heap")
                .isLessThan(1L << 30);
    }

    @Test
    void activeSessionShowsWhatIsOnlyInTheBuffer() throws IOException {
        UUID session = pipeline.begin(first());

        assertThat(session(session))
                .containsEntry("state", "active")
                .containsEntry("events", 3)
                .containsEntry("errors", 1)
                .containsEntry(
                        "windows",
                        List.of(Map.of(
                                "id", "window-1", "label", "Window 1", "firstAt", T, "lastAt", T + 5, "pages", 1)))
                .containsEntry("snapshots", List.of(Map.of("page", PAGE, "at", T + 1)))
                .containsEntry("segments", List.of());
    }

    @Test
    void sessionOfAnotherProjectIsNotThere() {
        UUID session = pipeline.begin(first());

        assertThatExceptionOfType(NoSuchSessionException.class)
                .isThrownBy(() -> reader.writeEvents("other", session, ALL, OutputStream.nullOutputStream()));
        assertThatExceptionOfType(NoSuchSessionException.class)
                .isThrownBy(() -> reader.writeTimeline("other", session, OutputStream.nullOutputStream()));
        assertThatExceptionOfType(NoSuchSessionException.class)
                .isThrownBy(() -> reader.writeSession("other", session, OutputStream.nullOutputStream()));
    }

    @Test
    void manySegmentsAreReadWithFewOpenAtATime() throws IOException {
        UUID session = pipeline.begin(first());
        pipeline.append(
                TestChunk.of(OTHER_PAGE, 0)
                        .window("window-2")
                        .snapshot(T + 2, "o0")
                        .build(),
                session);
        for (int round = 1; round <= 6; round++) {
            archive();
            pipeline.append(
                    TestChunk.of(PAGE, round)
                            .mutation(T + 100L * round, "p" + round)
                            .build(),
                    session);
            pipeline.append(
                    TestChunk.of(OTHER_PAGE, round)
                            .window("window-2")
                            .mutation(T + 100L * round, "o" + round)
                            .build(),
                    session);
        }

        assertThat(pipeline.segments(session)).hasSize(6);
        assertThat(texts(events(session, new EventQuery(null, 0, 0, true))))
                .containsExactly(
                        "meta", "first", "p1", "p2", "p3", "p4", "p5", "p6", "o0", "o1", "o2", "o3", "o4", "o5", "o6");
    }

    private void archive() {
        pipeline.passTimeout();
        assertThat(archiver.archiveWaiting()).isEqualTo(1);
    }

    private static Chunk first() {
        return TestChunk.of(PAGE, 0)
                .meta(T)
                .snapshot(T + 1, "first")
                .error(T + 5, "boom")
                .build();
    }

    private static SessionQuery query() {
        return SessionQuery.newest(PROJECT, 50);
    }

    private Map<String, Object> session(UUID session) throws IOException {
        return JSON.std.mapFrom(json(out -> reader.writeSession(PROJECT, session, out)));
    }

    private Map<String, Object> timeline(UUID session) throws IOException {
        return JSON.std.mapFrom(json(out -> reader.writeTimeline(PROJECT, session, out)));
    }

    @SuppressWarnings("unchecked") // JSON of known form
    private List<Map<String, Object>> events(UUID session, EventQuery query) throws IOException {
        return (List<Map<String, Object>>) (List<?>) JSON.std.listFrom(eventsText(session, query));
    }

    private String eventsText(UUID session, EventQuery query) throws IOException {
        return json(out -> reader.writeEvents(PROJECT, session, query, out));
    }

    private static String json(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked") // JSON of known form
    private static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) object.get(name);
    }

    /** What a person would tell the events apart by. */
    @SuppressWarnings("unchecked") // JSON of known form
    private static List<String> texts(List<Map<String, Object>> events) {
        return events.stream()
                .map(event -> {
                    Map<String, Object> data = (Map<String, Object>) event.get("data");
                    Map<String, Object> payload = (Map<String, Object>) data.getOrDefault("payload", Map.of());
                    return switch ((Integer) event.get("type")) {
                        case 2 -> (String) ((Map<String, Object>) data.get("node")).get("text");
                        case 3 -> (String) data.get("text");
                        case 4 -> "meta";
                        default ->
                            payload.containsKey("reason")
                                    ? "gap " + payload.get("reason")
                                    : "error " + payload.get("message");
                    };
                })
                .toList();
    }

    @FunctionalInterface
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
