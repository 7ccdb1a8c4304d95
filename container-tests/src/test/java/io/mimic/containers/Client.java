package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A browser, as far as its headers go, for one webapp. */
record Client(String base, HttpClient http) {
    private static final HttpClient HTTP = builder().build();
    private static final Pattern TAG = Pattern.compile("<script src=\"[^\"]*/mimic/recorder\\.js\\?v=[^>]*></script>");

    Client(String base) {
        this(base, HTTP);
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(30));
    }

    /** The same, keeping what cookies it gets, and sending them as they came: Java puts those with an age into quotes, unlike browsers. */
    Client withCookies() {
        CookieManager cookies = new CookieManager(null, (uri, cookie) -> {
            cookie.setVersion(0);
            return CookiePolicy.ACCEPT_ORIGINAL_SERVER.shouldAccept(uri, cookie);
        });
        return new Client(base, builder().cookieHandler(cookies).build());
    }

    /** The same over HTTP/2, once an answer has agreed to it. */
    Client overHttp2() {
        return new Client(base, builder().version(HttpClient.Version.HTTP_2).build());
    }

    /** What would be sent to the webapp, with names. */
    String cookies() throws IOException {
        return String.join(
                "; ",
                http.cookieHandler()
                        .orElseThrow()
                        .get(URI.create(base + "/"), Map.of())
                        .get("Cookie"));
    }

    /** Opens the dashboard's API to a client with cookies. */
    Client logIn() throws Exception {
        Answer answer = send(request("/mimic/api/login")
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"project\":\"default\",\"password\":\"" + HostWebapp.PASSWORD + "\"}")));
        assertThat(answer.status()).isEqualTo(204);
        return this;
    }

    static Client of(Container container, String context) {
        return new Client("http://localhost:" + container.port() + context);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    /** What a browser gets that goes to a page. */
    Answer navigate(String path) throws Exception {
        return send(request(path).header("Sec-Fetch-Dest", "document").header("Accept", "text/html,*/*;q=0.8"));
    }

    /** What a script gets: the answer as the host wrote it. */
    Answer fetch(String path) throws Exception {
        return send(request(path).header("Sec-Fetch-Dest", "empty").header("Accept", "*/*"));
    }

    Answer send(HttpRequest.Builder request) throws Exception {
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** Goes to a page and makes sure that it is exactly the host's and one tag. */
    Answer assertInjected(String path) throws Exception {
        Answer own = fetch(path);
        Answer page = navigate(path);
        Charset charset = page.charset();
        String text = page.text();
        Matcher tag = TAG.matcher(text);

        assertThat(tag.find()).as("a tag in %s", text).isTrue();
        assertThat(tag.replaceFirst("").getBytes(charset)).isEqualTo(own.text().getBytes(charset));
        assertThat(page.status()).isEqualTo(own.status());
        assertThat(page.header("Content-Type")).isEqualTo(own.header("Content-Type"));
        page.header("Content-Length")
                .ifPresent(length -> assertThat(length).isEqualTo(String.valueOf(page.raw().length)));
        return page;
    }

    /** Goes to a page and makes sure that it is exactly the host's. */
    Answer assertUntouched(String path) throws Exception {
        Answer own = fetch(path);
        Answer page = navigate(path);

        assertThat(page.raw()).isEqualTo(own.raw());
        assertThat(page.status()).isEqualTo(own.status());
        for (String header : new String[] {"Content-Type", "Content-Length", "Content-Encoding", "ETag", "Location"}) {
            assertThat(page.header(header)).as(header).isEqualTo(own.header(header));
        }
        return page;
    }

    void awaitRecording() {
        awaitRecording("/mimic");
    }

    void awaitRecording(String mount) {
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(60))
                .until(() -> fetch(mount + "/api/health").text().startsWith("{\"status\":\"UP\""));
    }

    Answer postBatch(String project, int seq) throws Exception {
        long now = System.currentTimeMillis();
        String batch = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"abcdefgh\",\"page\":\""
                + "0123456789abcdef0123456789abcdef\",\"seq\":" + seq + ",\"sentAt\":" + now
                + ",\"meta\":{\"url\":\"http://localhost/\"},\"events\":[{\"type\":4,\"timestamp\":" + now
                + ",\"data\":{\"href\":\"http://localhost/\",\"width\":1,\"height\":1}}]}";
        return send(request("/mimic/ingest")
                .header("Content-Type", "text/plain")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-CH-UA", "\"Chromium\";v=\"140\", \"Google Chrome\";v=\"140\"")
                .header("Sec-CH-UA-Platform", "\"Linux\"")
                .POST(HttpRequest.BodyPublishers.ofString(batch)));
    }

    /** An answer, its body as it was sent. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        byte[] raw() {
            return response.body();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        Charset charset() {
            Matcher matcher = Pattern.compile("(?i)charset=\"?([^;\"]+)")
                    .matcher(header("Content-Type").orElse(""));
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        }

        String text() throws IOException {
            byte[] bytes = raw();
            if (header("Content-Encoding").orElse("").equals("gzip")) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
            return new String(bytes, charset());
        }
    }
}
