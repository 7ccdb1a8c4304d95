package io.mimic.asset;

import static io.mimic.archive.TestPipeline.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.archive.ArchiveSettings;
import io.mimic.archive.Archiver;
import io.mimic.archive.SegmentCodec;
import io.mimic.archive.SessionEraser;
import io.mimic.archive.TestChunk;
import io.mimic.archive.TestPipeline;
import io.mimic.buffer.Chunk;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionAsset;
import io.mimic.project.Origins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a segment that was archived to what its session shows, with a real server as the app. */
class AssetKeeperTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SHOP = "https://shop.example";

    @TempDir
    Path temporary;

    private TestPipeline pipeline;
    private OddServer app;
    private AssetKeeper keeper;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private Origins origins = Origins.NONE;
    private AssetLimits limits = AssetLimits.of(10_000, 50_000);

    @BeforeEach
    void open() throws IOException {
        pipeline = new TestPipeline(temporary);
        app = new OddServer();
    }

    @AfterEach
    void close() throws IOException {
        if (keeper != null) {
            keeper.close();
        }
        app.close();
        pipeline.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("mimic-assets");
    }

    @Test
    void whatAPageOfTheAppShowsIsKeptUnderItsHash() throws IOException {
        app.picture("/a.png");
        app.picture("/same.png");
        UUID session = archived(SHOP + "/", "/a.png", "/same.png", "/missing.png", "https://cdn.example/other.png");

        settled(2, 1, 0);

        List<SessionAsset> assets = assets(session);
        assertThat(assets).extracting(SessionAsset::url).containsExactly(SHOP + "/a.png", SHOP + "/same.png");
        assertThat(assets)
                .extracting(shown -> shown.asset().object())
                .hasSize(2)
                .containsOnly(objects().get(0));
        assertThat(objects()).hasSize(1);
        assertThat(objects().get(0))
                .startsWith(PROJECT + "/assets/" + assets.get(0).asset().sha256());
        assertThat(pipeline.reader().open(assets.get(0).asset()).readAllBytes()).isEqualTo(OddServer.PNG);
        assertThat(app.request("/a.png")).contains("Host: shop.example\n");
    }

    @Test
    void sheetLeadsToWhatItNames() {
        app.answer(
                "/css/late.css",
                "HTTP/1.1 200 OK\nContent-Type: text/css",
                "@font-face{src:url(../f.woff2)}".getBytes(StandardCharsets.UTF_8));
        app.answer(
                "/f.woff2", "HTTP/1.1 200 OK\nContent-Type: font/woff2", "wOF2....".getBytes(StandardCharsets.UTF_8));
        UUID session = archived(
                SHOP + "/p/1",
                List.of("{\"tagName\":\"link\",\"attributes\":{\"rel\":\"stylesheet\",\"href\":\"/css/late.css\"}}"));

        settled(2, 0, 0);

        assertThat(assets(session))
                .extracting(SessionAsset::url)
                .containsExactly(SHOP + "/css/late.css", SHOP + "/f.woff2");

        UUID second = archived(
                SHOP + "/p/2",
                List.of("{\"tagName\":\"link\",\"attributes\":{\"rel\":\"stylesheet\",\"href\":\"/css/late.css\"}}"));
        settled(4, 0, 0);
        assertThat(assets(second)).isEqualTo(assets(session));
    }

    @Test
    void pathWithoutAnEndingIsAskedForOnceTheAppAnsweredItWithAPicture() {
        app.picture("/avatars/7?size=2");
        app.answer("/styles", "HTTP/1.1 200 OK\nContent-Type: text/css", "a{}".getBytes(StandardCharsets.UTF_8));
        app.picture("/logout");
        keeper().answered("/avatars/7?size=2", "image/png");
        keeper().answered("/styles", "text/css;charset=UTF-8");
        keeper().answered("/logout", "text/html");
        keeper().answered("/nothing", null);
        UUID session = archived(
                SHOP + "/",
                List.of(
                        image("/avatars/7?size=2"),
                        image("/avatars/7"),
                        image("/logout"),
                        image("/nothing"),
                        "{\"tagName\":\"link\",\"attributes\":{\"rel\":\"stylesheet\",\"href\":\"/styles\"}}"));
        settled(2, 3, 0);
        assertThat(assets(session))
                .extracting(SessionAsset::url)
                .containsExactly(SHOP + "/avatars/7?size=2", SHOP + "/styles");
        assertThat(app.requests).hasSize(2).noneMatch(request -> request.contains("logout"));
    }

    @Test
    void nextSessionAsksForNothingThatIsFresh() {
        app.picture("/a.png");
        UUID first = archived(SHOP + "/", "/a.png", "/missing.png");
        settled(1, 1, 0);
        UUID second = archived(SHOP + "/", "/a.png", "/missing.png");
        settled(2, 1, 0);
        assertThat(assets(first)).isEqualTo(assets(second)).hasSize(1);
        assertThat(app.requests).hasSize(2);

        pipeline.clock.advance(Duration.ofMinutes(11));
        byte[] changed = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 9};
        app.picture("/a.png", changed);
        UUID third = archived(SHOP + "/", "/a.png");
        settled(3, 1, 0);
        assertThat(assets(third).get(0).asset().sha256())
                .isNotEqualTo(assets(first).get(0).asset().sha256());
        assertThat(objects()).hasSize(2);
    }

    @Test
    void assetGoesWithTheLastSessionThatShowsIt() {
        app.picture("/a.png");
        UUID first = archived(SHOP + "/", "/a.png");
        UUID second = archived(SHOP + "/", "/a.png");
        settled(2, 0, 0);
        SessionEraser eraser = new SessionEraser(pipeline.stores());

        eraser.erase(PROJECT, first);
        assertThat(assets(first)).isEmpty();
        assertThat(assets(second)).hasSize(1);
        assertThat(objects()).hasSize(1);

        eraser.erase(PROJECT, second);
        assertThat(objects()).isEmpty();

        UUID third = archived(SHOP + "/", "/a.png");
        settled(3, 0, 0);
        assertThat(assets(third)).as("fetched again, since it was removed").hasSize(1);
        assertThat(objects()).hasSize(1);
    }

    @Test
    void boundsOfASessionHold() {
        limits = new AssetLimits(10_000, 50, 3, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMinutes(10));
        IntStream.range(0, 9).forEach(i -> app.picture("/" + i + ".png"));
        UUID session = archived(SHOP + "/", "/0.png", "/1.png", "/2.png", "/3.png", "/4.png");
        settled(3, 0, 0);
        assertThat(assets(session)).hasSize(3);
        assertThat(app.requests).hasSize(3);
    }

    @Test
    void pathsBeforeAProxyAreThoseBehindIt() {
        app.picture("/shop/a.png");
        keeper().learn(new AppAddress("https://www.example.org", "/store", "/shop", "127.0.0.1", app.port(), false));
        UUID session = archived("https://www.example.org/store/", "/store/a.png", "/elsewhere/a.png");
        settled(1, 1, 0);
        assertThat(assets(session))
                .extracting(SessionAsset::url)
                .containsExactly("https://www.example.org/store/a.png");
        assertThat(app.requests).hasSize(1);
    }

    @Test
    void appThatDoesNotAnswerIsLeftAloneForAWhile() {
        for (int i = 0; i < 9; i++) {
            app.answer("/" + i + ".png", "HTTP/1.1 500 Broken\nContent-Length: 0", new byte[0]);
        }
        archived(SHOP + "/", "/0.png", "/1.png", "/2.png", "/3.png", "/4.png");
        settled(0, 0, 5);
        assertThat(app.requests).hasSize(3);
        pipeline.clock.advance(Duration.ofMinutes(2));
        app.picture("/5.png");
        archived(SHOP + "/", "/5.png");
        settled(1, 0, 5);
    }

    @Test
    void recordingThatNamesPrivateAddressesReachesNone() throws IOException {
        try (OddServer inside = new OddServer()) {
            inside.picture("/a.png");
            String port = ":" + inside.port();
            List<String> hostile = List.of(
                    "http://127.0.0.1" + port,
                    "http://localhost" + port,
                    "http://[::1]" + port,
                    "http://[::ffff:127.0.0.1]" + port,
                    "http://169.254.169.254",
                    "http://10.0.0.1",
                    "http://metadata.example" + port,
                    "http://rebound.example" + port,
                    "http://2130706433" + port,
                    "http://0x7f.1" + port);
            names.put("metadata.example", "169.254.169.254");
            names.put("rebound.example", "93.184.216.34 127.0.0.1");
            // as an attacker names them in a recording, and as an owner may have allowed them by mistake
            for (Origins allowed : List.of(Origins.NONE, new Origins(Set.copyOf(hostile)))) {
                origins = allowed;
                long before = keeper().counts().refused() + keeper().counts().failed();
                for (String origin : hostile) {
                    archived(origin + "/", "/a.png?" + allowed.all().size(), "http://127.0.0.1" + port + "/b.png");
                }
                await().atMost(LONG)
                        .until(() ->
                                keeper().counts().refused() + keeper().counts().failed() >= before + hostile.size());
            }
            assertThat(keeper().counts().kept()).isZero();
            assertThat(inside.requests).isEmpty();
            assertThat(app.requests).isEmpty();
        }
    }

    @Test
    void projectsTakeTurns() {
        CountDownLatch others = new CountDownLatch(1);
        app.answer("/first.png", out -> {
            assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
            out.write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        });
        archived(SHOP + "/", "/first.png");
        await().atMost(LONG).until(() -> app.requests.size() == 1);
        archived(SHOP + "/", "/second-1.png");
        archived(SHOP + "/", "/second-2.png");
        UUID session = archive(chunk(SHOP + "/", List.of(image("/other.png"))));
        keeper().archived("other", session, pipeline.segments(session).get(0));

        others.countDown();

        await().atMost(LONG).until(() -> app.requests.size() == 4);
        assertThat(app.requests)
                .extracting(request -> request.split(" ", 3)[1])
                .containsExactly("/first.png", "/second-1.png", "/other.png", "/second-2.png");
    }

    @Test
    void erasedSessionGetsNothing() {
        app.picture("/a.png");
        UUID session = archive(chunk(SHOP + "/", List.of(image("/a.png"))));
        SegmentRow segment = pipeline.segments(session).get(0);
        UUID erased = new UUID(7, 7);
        pipeline.stores.catalog().erase(PROJECT, erased);

        keeper().archived(PROJECT, erased, segment);
        keeper().archived(PROJECT, session, segment);
        settled(1, 0, 0);

        assertThat(assets(erased)).isEmpty();
        assertThat(objects()).hasSize(1);
    }

    private AssetKeeper keeper() {
        if (keeper == null) {
            Targets targets = new Targets(null, project -> origins, PublicAddresses::isPublic, this::lookup);
            keeper = new AssetKeeper(
                    pipeline.objects,
                    pipeline.stores.catalog(),
                    pipeline.folder,
                    targets,
                    limits,
                    "MIMIC/test",
                    pipeline.clock);
            keeper.learn(new AppAddress(SHOP, "", "", "127.0.0.1", app.port(), false));
        }
        return keeper;
    }

    private InetAddress[] lookup(String host) throws UnknownHostException {
        String known = names.get(host);
        if (known == null) {
            return InetAddress.getAllByName(host);
        }
        String[] literals = known.split(" ");
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    private void settled(long kept, long refused, long failed) {
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(keeper().counts()).isEqualTo(new AssetCounts(kept, refused, failed, 0)));
    }

    private List<SessionAsset> assets(UUID session) {
        return pipeline.stores.catalog().assets().list(PROJECT, session);
    }

    private List<String> objects() {
        return pipeline.objects.objects.keySet().stream()
                .filter(name -> name.contains("/assets/"))
                .toList();
    }

    private UUID archived(String page, String... pictures) {
        return archived(
                page, List.of(pictures).stream().map(AssetKeeperTest::image).toList());
    }

    private UUID archived(String page, List<String> elements) {
        UUID session = archive(chunk(page, elements));
        keeper().archived(PROJECT, session, pipeline.segments(session).get(0));
        return session;
    }

    private UUID archive(Chunk chunk) {
        UUID session = pipeline.begin(chunk);
        pipeline.passTimeout();
        new Archiver(
                        pipeline.stores(),
                        new ArchiveSettings(SegmentCodec.GZIP, pipeline.folder, TestPipeline.LEASE),
                        pipeline.counters,
                        pipeline.clock)
                .archiveWaiting();
        return session;
    }

    private static String image(String address) {
        return "{\"tagName\":\"img\",\"attributes\":{\"src\":\"" + address + "\"}}";
    }

    private static Chunk chunk(String page, List<String> elements) {
        return TestChunk.of(UUID.randomUUID().toString().replace("-", ""), 0)
                .url(page)
                .dom(
                        1,
                        "{\"type\":2,\"data\":{\"node\":{\"childNodes\":[" + String.join(",", elements)
                                + "]}},\"timestamp\":1}")
                .build();
    }
}
