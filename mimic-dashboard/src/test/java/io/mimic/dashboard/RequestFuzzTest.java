package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.OTHER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mimic.MillionInputs;
import io.mimic.servlet.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in path, query, cookie, token or body: an answer or the reason why there is none, never an error of the server, and nobody else's session. */
class RequestFuzzTest {
    private static final List<String> PIECES = List.of(
            "%",
            "%00",
            "%0d%0a",
            "%ff",
            "%C0%AF",
            "%ED%A0%80",
            "%2e%2e%2f",
            "..",
            "/",
            ";",
            "=",
            "&",
            "&&",
            "?",
            "limit=",
            "-1",
            "0",
            "9223372036854775807",
            "99999999999999999999",
            "1e9",
            "true",
            "{",
            "'",
            "\"",
            "%22",
            "'%20OR%201=1--",
            "%F0%9F%98%80",
            "null",
            "2026-11-25",
            "9999-12-31T23:59:59Z",
            "-999999999-01-01",
            "T",
            "*",
            "\\",
            "%5c",
            "[",
            "_",
            "%25",
            "A",
            "==",
            "mimic_",
            ",");
    private static final String SECRET = "only-the-other-project-sees-this";

    /** What one query may cost to be understood. */
    private static final long MOST_BYTES = 1 << 20;

    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static List<String> queries;
    private static List<String> credentials;
    private static List<String> changes;
    private static String right;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, Clock.systemUTC());
        String login = server.cookie("shop", PASSWORD);
        String other = server.cookie("other", OTHER_PASSWORD);
        UUID session = server.record("p_shop", 3, "shop.example", "ada", "");
        server.record("p_other", 3, SECRET + ".example");
        queries = lines("queries.txt").stream()
                .map(line -> line.replace("{id}", session.toString()))
                .toList();
        String token = server.token(login, "\"read\",\"export\",\"erase\",\"admin\"");
        right = "Authorization: Bearer " + token;
        changes = lines("changes.txt");
        credentials = lines("credentials.txt").stream()
                .map(line -> line.replace("{login}", value(login))
                        .replace(
                                "{other}",
                                (value(other).startsWith("A") ? "B" : "A")
                                        + value(other).substring(1))
                        .replace("{other-token}", "mimic_" + "x".repeat(43))
                        .replace("{token}", token)
                        .replace("{visitor}", "x".repeat(75)))
                .toList();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changedRequestIsAnsweredOrRefused(long seed) throws IOException {
        request(seed, 1_000);
    }

    @Test
    @Tag("long")
    void millionChangedRequestsAreAnsweredOrRefused() {
        MillionInputs.run(RequestFuzzTest::request);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changedQueryIsUnderstoodOrRefused(long seed) {
        parse(seed, 10_000);
    }

    @Test
    @Tag("long")
    void millionChangedQueriesAreUnderstoodOrRefused() {
        MillionInputs.run(RequestFuzzTest::parse);
    }

    /** @return how many were answered with what was asked for */
    private static int request(long seed, int tries) throws IOException {
        Random random = new Random(seed);
        int answered = 0;
        long heap = usedHeap();
        try (RawConnection connection =
                new RawConnection(URI.create(server.origin()).getPort())) {
            for (int i = 0; i < tries; i++) {
                String request = random.nextInt(5) == 0 ? change(random) : read(random);
                String which = "Seed " + seed + ", try " + i + ": " + request;
                RawConnection.Answer answer = send(connection, request, request.startsWith("HEAD"), which);
                assertThat(answer.status()).as(which).isLessThan(500);
                if (answer.status() >= 400) {
                    assertThat(answer.body()).as(which).doesNotContain("\tat ", "Exception");
                }
                assertThat(answer.head() + answer.body()).as(which).doesNotContain(SECRET);
                answered += answer.status() < 300 ? 1 : 0;
            }
        }
        assertThat(answered).isBetween(1, tries - 1);
        assertThat(usedHeap() - heap).as("bytes that stay in memory").isLessThan(64L << 20);
        return answered;
    }

    private static String read(Random random) {
        String target = changed(queries, random);
        String credential = changed(credentials, random);
        String method = random.nextInt(20) == 0 ? "HEAD" : "GET";
        return method + " /shop/mimic" + asTarget(target) + " HTTP/1.1\r\nHost: localhost\r\n"
                + asHeader(credential) + "\r\nAccept: " + (random.nextBoolean() ? "text/html" : "*/*")
                + "\r\n" + (method.equals("HEAD") ? "Connection: close\r\n" : "") + "\r\n";
    }

    /** Of somebody who may, for the most part, since the body is not looked at before. In the latin letters of a header stand the bytes of the body. */
    private static String change(Random random) {
        String line = changes.get(random.nextInt(changes.size()));
        int path = line.indexOf(' ');
        int json = line.indexOf(' ', path + 1);
        String body = changed(List.of(line.substring(json + 1)), random);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return line.substring(0, path) + " /shop/mimic" + line.substring(path + 1, json)
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + (random.nextInt(4) == 0 ? asHeader(changed(credentials, random)) : right)
                + (random.nextBoolean() ? "\r\nSec-Fetch-Site: same-origin" : "") + "\r\nContent-Length: "
                + bytes.length + "\r\n\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static RawConnection.Answer send(RawConnection connection, String request, boolean bodiless, String which) {
        try {
            return connection.send(request.getBytes(StandardCharsets.ISO_8859_1), bodiless);
        } catch (IOException e) {
            throw new AssertionError(which, e);
        }
    }

    /** @return how many were understood */
    private static int parse(long seed, int tries) {
        Random random = new Random(seed);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int understood = 0;
        for (int i = 0; i < tries; i++) {
            String line = changed(queries, random);
            String query = line.substring(line.indexOf('?') + 1);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                Parameters parameters = Parameters.parse(query);
                SessionQueries.list("p_shop", parameters, word -> word);
                SessionQueries.events(parameters);
                understood++;
            } catch (ProblemException e) {
                assertThat(e.status()).isEqualTo(400);
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Seed " + seed + ", try " + i + ": " + query, e);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("Seed %d, try %d: bytes of memory for %s", seed, i, query)
                    .isLessThan(MOST_BYTES);
        }
        assertThat(understood).isBetween(1, tries - 1);
        return understood;
    }

    private static String changed(List<String> corpus, Random random) {
        StringBuilder text = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = 1 + random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(30));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(20)));
                default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }

    /** What a container lets through: the rest is its own affair. */
    private static String asTarget(String text) {
        StringBuilder target = new StringBuilder();
        boolean query = false;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            query |= c == '?';
            boolean path = Character.isLetterOrDigit(c) && c < 128 || "/?&=-._~!$'()*+,:@".indexOf(c) >= 0;
            if (path || query && c == '%' || query && c == ';') {
                target.append(c);
            } else if (c != '%') {
                target.append(String.format("%%%02X", (int) c));
            }
        }
        return target.toString();
    }

    private static String asHeader(String text) {
        String header = text.replaceAll("[\\x00-\\x1f\\x7f-\\uffff]", "?");
        return header.matches("[A-Za-z-]{1,30}: .{0,4000}") ? header : "X-Changed: " + header.replace("\n", "");
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = RequestFuzzTest.class.getResourceAsStream("/fuzz/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
