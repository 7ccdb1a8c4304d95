package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no browser sends, byte by byte: one is never taken for two, and no path leads out of what MIMIC serves. */
class AttackShapesTest extends HostedCases {
    private static final int PATIENCE_MS = 30_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Half of all: from there on an address has a quarter at most. */
    private static final int PLACES_OF_ADDRESS = 32;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** What an attacker hides in a body; its answer tells that it was taken for a request. */
    private static final String HIDDEN = "GET /host/mimic/api/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final String HIDDEN_WAS_ASKED = "There is nothing at this address.";

    @Test
    void whatIsHiddenIsAnsweredByThatSentenceWhereItIsAsked() throws Exception {
        assertThat(exchange(HIDDEN)).contains(HIDDEN_WAS_ASKED);
    }

    /** Bodies of requests that are refused before their body is read, or that have none to be read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /host/mimic/ingest HTTP/1.1|Content-Type: image/png",
                "POST /host/mimic/ingest HTTP/1.1|Content-Type: text/plain|Sec-Fetch-Site: cross-site",
                "POST /host/mimic/api/login HTTP/1.1|Content-Type: text/plain",
                "POST /host/mimic/api/logout HTTP/1.1",
                "POST /host/mimic/api/projects HTTP/1.1|Content-Type: application/json",
                "GET /host/mimic/api/health HTTP/1.1",
                "GET /host/mimic/recorder.js HTTP/1.1",
                "DELETE /host/mimic/api/sessions/x HTTP/1.1",
                "PUT /host/mimic/api/sessions HTTP/1.1",
                "HEAD /host/mimic/api/health HTTP/1.1"
            })
    void bodyThatWasNotReadIsNoNextRequest(String shape) throws Exception {
        String head = shape.replace("|", "\r\n") + "\r\nHost: localhost\r\n";
        String answers = exchange(head + "Content-Length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN);
        assertThat(answers).as(shape).doesNotContain(HIDDEN_WAS_ASKED);
        assertThat(count(answers)).as(answers).isBetween(1, 2);

        String chunk = Integer.toHexString(HIDDEN.length()) + "\r\n" + HIDDEN + "\r\n0\r\n\r\n";
        String chunked = exchange(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk);
        assertThat(chunked).as(shape).doesNotContain(HIDDEN_WAS_ASKED);
        assertThat(count(chunked)).as(chunked).isBetween(1, 2);
    }

    /** Two lengths for one body: whoever stands before the server may have believed the other one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5|Content-Length: HIDDEN",
                "Content-Length: HIDDEN|Content-Length: 5",
                "Content-Length: 5, HIDDEN",
                "Content-Length: +5",
                "Content-Length: -1",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked|Transfer-Encoding: identity",
                "Transfer-Encoding : chunked|Content-Length: 5",
                "Transfer-Encoding:\u000bchunked|Content-Length: 5"
            })
    void ambiguousLengthIsRefusedOrTheConnectionEnds(String lengths) throws Exception {
        String answers = sendWith(lengths);

        assertThat(answers).as(lengths).doesNotContain(HIDDEN_WAS_ASKED);
        assertThat(count(answers)).as(answers).isLessThanOrEqualTo(1);
        assertThat(answers).doesNotContain("HTTP/1.1 2", "\tat io.mimic");
    }

    /** Undertow takes such a body for none, and what is in it for the next request, whatever app is asked; no batch comes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, cow"})
    void bodyInAnUnknownCodingIsNoBatch(String coding) throws Exception {
        String answers = sendWith(coding);

        assertThat(status(answers)).as(answers).isBetween(400, 501);
        assertThat(answers).doesNotContain("HTTP/1.1 202", "\tat io.mimic");
        if (!container.getClass().getSimpleName().startsWith("Undertow")) {
            assertThat(answers).as(coding).doesNotContain(HIDDEN_WAS_ASKED);
        }
    }

    private static String sendWith(String lengths) throws IOException {
        return exchange("POST /host/mimic/ingest HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                + lengths.replace("HIDDEN", String.valueOf(5 + HIDDEN.length())).replace("|", "\r\n")
                + "\r\n\r\n0\r\n\r\n" + HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/host/mimic/../WEB-INF/web.xml",
                "/host/mimic/%2e%2e/WEB-INF/web.xml",
                "/host/mimic/..%2fWEB-INF/web.xml",
                "/host/mimic/..;/WEB-INF/web.xml",
                "/host/mimic/assets/..;/..;/WEB-INF/web.xml",
                "/host/mimic/assets/%2e%2e/%2e%2e/WEB-INF/web.xml",
                "/host/mimic/assets/..%5c..%5cWEB-INF%5cweb.xml",
                "/host/mimic/assets/....//....//WEB-INF/web.xml",
                "/host/mimic/assets/%252e%252e%252fWEB-INF%252fweb.xml",
                "/host/mimic/META-INF/mimic-dashboard/index.html",
                "/host/mimic/assets/../index.html",
                "/host/mimic/assets/%00.js",
                "/host/mimic/sessions/..%2f..%2fWEB-INF%2fweb.xml",
                "/host/mimic/sessions/%2e%2e/%2e%2e/etc/passwd",
                "/host/mimic/file:/etc/passwd",
                "/host/mimic//etc/passwd",
                "/host/mimic/%c0%ae%c0%ae/WEB-INF/web.xml"
            })
    void noPathLeadsOutOfTheMount(String path) throws Exception {
        String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n");

        assertThat(answer).as(path).doesNotContain("<web-app", "root:", "mimic.project.password", "\tat io.mimic");
        assertThat(status(answer)).as(path).isBetween(300, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/host/mimic/api/sessions;a=b",
                "/host/mimic;a=b/api/sessions",
                "/host/mimic/./api/sessions",
                "/host/mimic/api/../api/sessions",
                "/host/mimic/%61pi/sessions",
                "/host//mimic/api/sessions",
                "/host/mimic//api/sessions",
                "/host/mimic/api/sessions/",
                "/host/MIMIC/api/sessions",
                "/host/mimic/api/sessions/..%2f..%2fme",
                "/host/mimic/recorder.js/../api/sessions",
                "/host/mimic/recorder.js;/../api/sessions"
            })
    void noSpellingOfAnAddressOpensIt(String path) throws Exception {
        String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n");

        assertThat(status(answer)).as(path + " " + answer).isBetween(300, 499);
        assertThat(answer).doesNotContain("\"items\"");
    }

    @Test
    void malformedEscapeIsToldToWhoSentIt() throws Exception {
        String answer = exchange("GET /host/mimic/recorder.js?v=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(status(answer)).as(answer).isEqualTo(400);
        assertThat(answer).doesNotContain("\tat ");
    }

    /** More at once than one address has places for: others of it must wait, until those are given up. */
    @Test
    void bodyThatComesDropByDropIsGivenUpAndItsPlaceIsFreeAgain() throws Exception {
        List<SlowSender> senders = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES_OF_ADDRESS * 3 / 2; i++) {
                senders.add(SlowSender.start(container.port()));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    host.postBatch(HostWebapp.PROJECT, 0).text())
                            .contains("Too many batches are being read"));
            senders.forEach(SlowSender::close);
            List<String> answers = new ArrayList<>();
            for (SlowSender sender : senders) {
                answers.addAll(sender.await());
            }
            assertThat(answers)
                    .filteredOn(answer -> !answer.isEmpty())
                    .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 503"))
                    .filteredOn(answer -> answer.contains("The body took longer than 3 s to arrive."))
                    .hasSizeGreaterThanOrEqualTo(PLACES_OF_ADDRESS / 2)
                    .allSatisfy(answer -> assertThat(answer).containsIgnoringCase("\r\nRetry-After: 5\r\n"));
            assertThat(host.postBatch(HostWebapp.PROJECT, 0).status()).isEqualTo(202);
        } finally {
            senders.forEach(SlowSender::close);
        }
    }

    /** Sends bytes as they are, then one plain request, and reads until the server ends the connection. */
    private static String exchange(String bytes) throws IOException {
        String last = "GET /host/file.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getByName("localhost"), container.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write((bytes + last).getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                InputStream in = socket.getInputStream();
                byte[] block = new byte[8192];
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    answers.write(block, 0, read);
                }
            } catch (SocketException e) {
                // the server ended the connection while it had bytes left to read: what it had answered counts
                return answers.toString(StandardCharsets.ISO_8859_1);
            }
            return answers.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static int count(String answers) {
        Matcher status = STATUS.matcher(answers);
        int count = 0;
        while (status.find()) {
            count++;
        }
        return count;
    }

    private static int status(String answer) {
        Matcher status = STATUS.matcher(answer);
        assertThat(status.find()).as(answer).isTrue();
        return Integer.parseInt(status.group(1));
    }
}
