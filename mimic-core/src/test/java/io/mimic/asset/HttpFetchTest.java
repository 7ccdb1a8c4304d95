package io.mimic.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may answer, in all the ways in which one can be odd. */
class HttpFetchTest {
    private static final int MOST = 10_000;

    private OddServer server;
    private final HttpFetch fetch = new HttpFetch("MIMIC/test", MOST, Duration.ofSeconds(30));

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void pictureIsFetchedWithoutAnyCookie() {
        server.answer(
                "/a.png?v=1",
                "HTTP/1.1 200 OK\nContent-Type: image/png\nETag: \"e1\"\nSet-Cookie: a=b\nContent-Length: 11",
                OddServer.PNG);

        assertThat(get("/a.png?v=1")).isInstanceOfSatisfying(Fetched.Content.class, content -> {
            assertThat(content.bytes()).isEqualTo(OddServer.PNG);
            assertThat(content.type()).isEqualTo("image/png");
            assertThat(content.etag()).isEqualTo("\"e1\"");
        });
        get("/a.png?v=1");
        assertThat(server.requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request)
                        .contains(
                                "Host: shop.example\n",
                                "User-Agent: MIMIC/test\n",
                                "Connection: close\n",
                                "X-Forwarded-Proto: https\n")
                        .doesNotContainIgnoringCase("cookie")
                        .doesNotContainIgnoringCase("authorization")
                        .doesNotContainIgnoringCase("referer"));
    }

    @Test
    void chunksAreJoinedAndAnAnswerMayEndWithItsConnection() {
        server.answer("/chunks.png", out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.write("6;x=y\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(OddServer.PNG, 0, 6);
            out.write("\r\n5\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(OddServer.PNG, 6, 5);
            out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        server.answer("/end.png", "HTTP/1.0 200 OK\nContent-Type: image/png", OddServer.PNG);

        assertThat(bytes(get("/chunks.png"))).isEqualTo(OddServer.PNG);
        assertThat(bytes(get("/end.png"))).isEqualTo(OddServer.PNG);
    }

    @Test
    void appOnTlsIsAskedWhateverItsCertificateAndOthersOnlyWithAGoodOne(@TempDir Path folder) throws Exception {
        try (OddServer secured = OddServer.onTls(folder)) {
            secured.picture("/a.png");
            assertThat(bytes(secured(secured, true))).isEqualTo(OddServer.PNG);
            assertThat(secured.request("/a.png"))
                    .contains("Host: shop.example:8443\n")
                    .doesNotContain("X-Forwarded-Proto");
            assertThat(secured(secured, false))
                    .isInstanceOfSatisfying(
                            Fetched.Failed.class,
                            failed -> assertThat(failed.why()).contains("certification path"));
            assertThat(secured.requests)
                    .filteredOn(request -> request.startsWith("GET"))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsThereIsAskedForOnlyIfItChanged() {
        server.answer("/a.png", "HTTP/1.1 304 Not Modified", new byte[0]);
        assertThat(fetch.get(target("/a.png"), "\"e1\"")).isInstanceOf(Fetched.Unchanged.class);
        assertThat(server.request("/a.png")).contains("If-None-Match: \"e1\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"})
    void redirectIsFollowedNowhere(String status) throws IOException {
        try (OddServer other = new OddServer()) {
            other.picture("/b.png");
            server.answer(
                    "/a.png",
                    "HTTP/1.1 " + status + "\nLocation: http://127.0.0.1:" + other.port() + "/b.png\nContent-Length: 0",
                    new byte[0]);
            assertThat(get("/a.png")).isInstanceOf(Fetched.Refused.class);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void whatIsLargerIsGivenUpAtItsBound() {
        server.answer(
                "/said.png", "HTTP/1.1 200 OK\nContent-Type: image/png\nContent-Length: 999999999999", OddServer.PNG);
        server.picture("/more.png", new byte[MOST + 1]);
        OddServer.Answer endless = out -> {
            while (true) {
                out.write("1000\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(new byte[4096]);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        };
        server.answer("/endless.png", out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            endless.write(out);
        });
        server.answer("/stream.png", out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            endless.write(out);
        });
        server.answer("/head.png", out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X: y\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            }
        });

        for (String path : new String[] {"/said.png", "/more.png", "/endless.png", "/stream.png"}) {
            assertThat(get(path)).as(path).isInstanceOf(Fetched.Refused.class);
        }
        assertThat(get("/head.png")).isInstanceOf(Fetched.Failed.class);
    }

    @Test
    void whatComesDropByDropIsGivenUpInTime() {
        HttpFetch hasty = new HttpFetch("MIMIC/test", MOST, Duration.ofMillis(700));
        CountDownLatch never = new CountDownLatch(1);
        server.answer("/silent.png", out -> never.await());
        server.answer("/drops.png", out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(1);
                out.flush();
                Thread.sleep(50);
            }
        });
        assertThat(hasty.get(target("/silent.png"), null)).isEqualTo(new Fetched.Failed("no whole answer in time"));
        assertThat(hasty.get(target("/drops.png"), null)).isEqualTo(new Fetched.Failed("no whole answer in time"));
        never.countDown();
    }

    @Test
    void requestAtHandEndsWhenMimicDoes() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        server.answer("/silent.png", out -> {
            asked.countDown();
            never.await();
        });
        Thread closer = new Thread(() -> {
            try {
                asked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            fetch.close();
        });
        closer.start();
        assertThat(get("/silent.png")).isInstanceOf(Fetched.Failed.class);
        closer.join();
        never.countDown();
    }

    @Test
    void typeIsToldByTheBytes() {
        server.answer(
                "/html.png",
                "HTTP/1.1 200 OK\nContent-Type: image/png",
                "<html><script>".getBytes(StandardCharsets.UTF_8));
        server.answer("/page.png", "HTTP/1.1 200 OK\nContent-Type: text/html", OddServer.PNG);
        server.answer("/none.png", "HTTP/1.1 200 OK", OddServer.PNG);
        server.answer(
                "/script.css",
                "HTTP/1.1 200 OK\nContent-Type: text/javascript",
                "a{}".getBytes(StandardCharsets.UTF_8));
        server.answer(
                "/login.css",
                "HTTP/1.1 200 OK\nContent-Type: text/css",
                "\n <!doctype html>".getBytes(StandardCharsets.UTF_8));
        server.answer("/zip.png", "HTTP/1.1 200 OK\nContent-Type: image/png\nContent-Encoding: gzip", OddServer.PNG);
        for (String path :
                new String[] {"/html.png", "/page.png", "/none.png", "/script.css", "/login.css", "/zip.png"}) {
            assertThat(get(path)).as(path).isInstanceOf(Fetched.Refused.class);
        }
        server.answer(
                "/a.woff2",
                "HTTP/1.1 200 OK\nContent-Type: application/octet-stream",
                "wOF2....".getBytes(StandardCharsets.UTF_8));
        server.answer(
                "/a.css",
                "HTTP/1.1 200 OK\nContent-Type: text/css;charset=UTF-8",
                "a{}".getBytes(StandardCharsets.UTF_8));
        server.answer(
                "/a.svg",
                "HTTP/1.1 200 OK\nContent-Type: image/svg+xml",
                "<?xml?><svg/>".getBytes(StandardCharsets.UTF_8));
        server.answer("/lying.jpg", "HTTP/1.1 200 OK\nContent-Type: image/jpeg", OddServer.PNG);
        assertThat(type(get("/a.woff2"))).isEqualTo("font/woff2");
        assertThat(type(get("/a.css"))).isEqualTo("text/css");
        assertThat(type(get("/a.svg"))).isEqualTo("image/svg+xml");
        assertThat(type(get("/lying.jpg"))).isEqualTo("image/png");
    }

    @Test
    void whatIsNoHttpIsNoAnswer() {
        server.answer("/ssh.png", out -> out.write("SSH-2.0-OpenSSH_9\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        server.answer("/short.png", "HTTP/1.1 200 OK\nContent-Type: image/png\nContent-Length: 50", OddServer.PNG);
        server.answer("/minus.png", "HTTP/1.1 200 OK\nContent-Type: image/png\nContent-Length: -1", OddServer.PNG);
        server.answer("/closed.png", out -> {});
        server.answer("/down.png", "HTTP/1.1 503 Busy\nContent-Length: 0", new byte[0]);
        for (String path : new String[] {"/ssh.png", "/short.png", "/minus.png", "/closed.png", "/down.png"}) {
            assertThat(get(path)).as(path).isInstanceOf(Fetched.Failed.class);
        }
        assertThat(get("/missing.png")).isInstanceOf(Fetched.Refused.class);
    }

    private Fetched get(String path) {
        return fetch.get(target(path), null);
    }

    private Target target(String path) {
        return new Target(server.address(), server.port(), false, "shop.example", "https", path, true);
    }

    private Fetched secured(OddServer secured, boolean here) {
        Target target =
                new Target(secured.address(), secured.port(), true, "shop.example:8443", "https", "/a.png", here);
        return fetch.get(target, null);
    }

    private static byte[] bytes(Fetched fetched) {
        assertThat(fetched)
                .asInstanceOf(InstanceOfAssertFactories.type(Fetched.Content.class))
                .isNotNull();
        return ((Fetched.Content) fetched).bytes();
    }

    private static String type(Fetched fetched) {
        assertThat(fetched).isInstanceOf(Fetched.Content.class);
        return ((Fetched.Content) fetched).type();
    }
}
