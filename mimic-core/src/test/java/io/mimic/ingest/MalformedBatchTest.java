package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.NOW;
import static io.mimic.ingest.IngestFixture.PAGE;
import static io.mimic.ingest.IngestFixture.PROJECT;
import static io.mimic.ingest.IngestFixture.batch;
import static io.mimic.ingest.IngestFixture.bytes;
import static io.mimic.ingest.IngestFixture.event;
import static io.mimic.ingest.IngestFixture.gzip;
import static io.mimic.ingest.IngestFixture.head;
import static io.mimic.ingest.IngestFixture.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every malformed batch gets its 4xx with the reason, and stores nothing. */
class MalformedBatchTest {
    private final IngestFixture ingest = new IngestFixture();

    @AfterEach
    void close() {
        ingest.close();
    }

    static Stream<Arguments> texts() {
        String fields = head(0) + "\"events\":[]}";
        return Stream.of(
                arguments("empty body", "", 400, "A batch is a JSON object"),
                arguments("array", "[]", 400, "A batch is a JSON object"),
                arguments("text", "hello", 400, "not JSON"),
                arguments("cut off", fields.substring(0, fields.length() - 1), 400, "not JSON"),
                arguments("cut off in an event", batch(event(2, "{}")).substring(0, 170), 400, "not JSON"),
                arguments("trailing garbage", fields + "x", 400, "not JSON"),
                arguments("second batch", fields + fields, 400, "Something follows"),
                arguments("comment", "/* */" + fields, 400, "not JSON"),
                arguments("byte order mark", "\uFEFF" + fields, 400, "not JSON"),
                arguments("NUL between tokens", fields.replace(",", ",\0"), 400, "not JSON"),
                arguments("NUL within a text", batch(event(3, "{\"a\":\"\0\"}")), 400, "not JSON"),
                arguments("NaN", batch(event(3, "{\"a\":NaN}")), 400, "not JSON"),
                arguments("leading zero", batch(event(3, "{\"a\":01}")), 400, "not JSON"),
                arguments("single quotes", fields.replace('"', '\''), 400, "not JSON"),
                arguments(
                        "number between events",
                        batch(event(3, "{}") + ".4111111111111111", event(3, "{}")),
                        400,
                        "not JSON"),
                arguments("exponent between events", batch(event(3, "{}") + "e5", event(3, "{}")), 400, "not JSON"),
                arguments("no events", head(0) + "\"x\":1}", 400, "events is missing"),
                arguments("events no array", head(0) + "\"events\":{}}", 400, "events must be an array"),
                arguments("events null", head(0) + "\"events\":null}", 400, "events must be an array"),
                arguments("no version", fields.replace("\"v\":1,", ""), 400, "v is missing"),
                arguments("version 2", fields.replace("\"v\":1", "\"v\":2"), 400, "v must be 1"),
                arguments("version as text", fields.replace("\"v\":1", "\"v\":\"1\""), 400, "v must be 1"),
                arguments("no project", fields.replace("\"project\"", "\"p\""), 400, "project is missing"),
                arguments("no window", fields.replace("\"window\"", "\"w\""), 400, "window is missing"),
                arguments("no page", fields.replace("\"page\"", "\"w\""), 400, "page is missing"),
                arguments("no seq", fields.replace("\"seq\"", "\"s\""), 400, "seq is missing"),
                arguments("no sentAt", fields.replace("\"sentAt\"", "\"s\""), 400, "sentAt is missing"),
                arguments("project with a slash", fields.replace(PROJECT, "a/../b"), 400, "project must be"),
                arguments("project as object", fields.replace("\"" + PROJECT + "\"", "{}"), 400, "project must be"),
                arguments("project too long", fields.replace(PROJECT, "a".repeat(65)), 400, "project must be"),
                arguments("window too short", fields.replace("window-1", "w"), 400, "window must be"),
                arguments("page in capitals", fields.replace(PAGE, PAGE.toUpperCase()), 400, "page must be"),
                arguments("page too short", fields.replace(PAGE, "0"), 400, "page must be"),
                arguments("seq negative", fields.replace("\"seq\":0", "\"seq\":-1"), 400, "seq must be"),
                arguments("seq too large", fields.replace("\"seq\":0", "\"seq\":10000001"), 400, "seq must be"),
                arguments("seq with a fraction", fields.replace("\"seq\":0", "\"seq\":0.5"), 400, "seq must be"),
                arguments("seq huge", fields.replace("\"seq\":0", "\"seq\":1" + "0".repeat(50)), 400, "seq must be"),
                arguments("seq null", fields.replace("\"seq\":0", "\"seq\":null"), 400, "seq must be"),
                arguments("sentAt as text", fields.replace(":" + NOW, ":\"" + NOW + "\""), 400, "sentAt must be"),
                arguments("sentAt negative", fields.replace(":" + NOW, ":-1"), 400, "sentAt must be"),
                arguments("sentAt beyond time", fields.replace(":" + NOW, ":8640000000000001"), 400, "sentAt must be"),
                arguments(
                        "token too long",
                        head(0) + "\"token\":\"" + "a".repeat(513) + "\",\"events\":[]}",
                        400,
                        "token"),
                arguments("token as number", head(0) + "\"token\":5,\"events\":[]}", 400, "token must be"),
                arguments("meta as text", head(0) + "\"meta\":\"x\",\"events\":[]}", 400, "meta must be an object"),
                arguments(
                        "meta too large",
                        head(0) + "\"meta\":{\"a\":\"" + "a".repeat(300_000) + "\"},\"events\":[]}",
                        400,
                        "meta is larger"),
                arguments("field twice", head(0) + "\"seq\":1,\"events\":[]}", 400, "seq is there twice"),
                arguments("field after events", head(0) + "\"events\":[],\"seq\":1}", 400, "seq comes after events"),
                arguments("events twice", head(0) + "\"events\":[],\"events\":[]}", 400, "events comes after events"),
                arguments(
                        "too much before events",
                        head(0) + "\"x\":\"" + "a".repeat(2_000_000) + "\",\"events\":[]}",
                        413,
                        "before the events"),
                arguments("event a number", batch("1"), 400, "index 0 is no object"),
                arguments("event null", batch(event(3, "{}"), "null"), 400, "index 1 is no object"),
                arguments("event an array", batch("[]"), 400, "index 0 is no object"),
                arguments("event without type", batch("{\"timestamp\":" + NOW + "}"), 400, "has no type"),
                arguments("event without timestamp", batch("{\"type\":1}"), 400, "has no timestamp"),
                arguments("event without data", batch("{\"type\":2,\"timestamp\":" + NOW + "}"), 400, "has no data"),
                arguments("data as text", batch(event(3, "\"x\"")), 400, "has no data"),
                arguments(
                        "data twice",
                        batch("{\"type\":3,\"data\":{},\"data\":{},\"timestamp\":" + NOW + "}"),
                        400,
                        "has data twice"),
                arguments("type 7", batch(event(7, "{}")), 400, "has a type that is no"),
                arguments("type negative", batch(event(-1, "{}")), 400, "has a type that is no"),
                arguments(
                        "type as text",
                        batch("{\"type\":\"3\",\"timestamp\":" + NOW + "}"),
                        400,
                        "has a type that is no"),
                arguments("type huge", batch("{\"type\":99999999999,\"timestamp\":" + NOW + "}"), 400, "too large"),
                arguments(
                        "type twice",
                        batch("{\"type\":3,\"type\":3,\"timestamp\":" + NOW + "}"),
                        400,
                        "has a type twice"),
                arguments(
                        "timestamp twice",
                        batch("{\"timestamp\":5,\"timestamp\":" + NOW + "}"),
                        400,
                        "has a timestamp twice"),
                arguments(
                        "timestamp as text",
                        batch("{\"type\":3,\"timestamp\":\"5\"}"),
                        400,
                        "has a timestamp that is no"),
                arguments(
                        "timestamp negative",
                        batch("{\"type\":3,\"timestamp\":-5}"),
                        400,
                        "has a timestamp that is no"),
                arguments(
                        "timestamp infinite",
                        batch("{\"type\":3,\"timestamp\":1e999}"),
                        400,
                        "has a timestamp that is no"),
                arguments(
                        "timestamp over 10^16",
                        batch("{\"type\":3,\"timestamp\":10000000000000001}"),
                        400,
                        "has a timestamp that is no"),
                arguments(
                        "timestamp in the year 9999",
                        batch("{\"type\":3,\"data\":{},\"timestamp\":253402300799000}"),
                        400,
                        "30 days before"),
                arguments(
                        "timestamp in 1970", batch("{\"type\":3,\"data\":{},\"timestamp\":5}"), 400, "30 days before"),
                arguments(
                        "nested too deep",
                        batch(event(3, "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")),
                        400,
                        "beyond a limit"),
                arguments(
                        "number of 2,000 digits",
                        batch(event(3, "{\"source\":" + "1".repeat(2_000) + "}")),
                        400,
                        "beyond a limit"),
                arguments(
                        "name of 60,000 characters",
                        batch(event(3, "{\"" + "a".repeat(60_000) + "\":1}")),
                        400,
                        "beyond a limit"),
                arguments("forged server event", batch(plugin("mimic/server@1", "{}")), 400, "made by the server"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void isRefusedWithItsReason(String name, String body, int status, String reason) {
        refused(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), status, reason);
    }

    static Stream<Arguments> binaries() {
        byte[] good = gzip(bytes(batch(event(3, "{}"))));
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 0x55;
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 6] ^= 1;
        byte[] wrongMethod = good.clone();
        wrongMethod[2] = 9;
        byte[] reserved = good.clone();
        reserved[3] = (byte) 0xE0;
        return Stream.of(
                arguments("gzip cut off", Arrays.copyOf(good, good.length - 10), 400, "gzip"),
                arguments("gzip cut off in its header", Arrays.copyOf(good, 5), 400, "ends early"),
                arguments("gzip damaged", flipped, 400, ""),
                arguments("gzip with a wrong checksum", wrongSum, 400, "wrong checksum"),
                arguments("gzip of an unknown method", wrongMethod, 400, "unknown method"),
                arguments("gzip with reserved flags", reserved, 400, "unknown flags"),
                arguments("garbage after the gzip", join(good, bytes("garbage")), 400, "followed by something else"),
                arguments("gzip within gzip", gzip(good), 400, ""),
                arguments("two batches in two members", join(good, good), 400, "Something follows"),
                arguments("5,000 empty members", empty(5_000), 400, "more than 1000 members"),
                arguments(
                        "Latin-1",
                        batch(event(3, "{\"a\":\"ü\"}")).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                        400,
                        "UTF-8"),
                arguments("UTF-16", batch().getBytes(java.nio.charset.StandardCharsets.UTF_16), 400, "UTF-8"),
                arguments("half surrogate in bytes", raw(0xED, 0xA0, 0x80), 400, "UTF-8"),
                arguments("overlong slash", raw(0xC0, 0xAF), 400, "UTF-8"),
                arguments("overlong NUL", raw(0xE0, 0x80, 0x80), 400, "UTF-8"),
                arguments("beyond Unicode", raw(0xF4, 0x90, 0x80, 0x80), 400, "UTF-8"),
                arguments("lone continuation", raw(0x80), 400, "UTF-8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("binaries")
    void isRefusedWithItsReason(String name, byte[] body, int status, String reason) {
        refused(body, status, reason);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "",
                ";",
                "application/xml",
                "multipart/form-data",
                "application/json; charset=utf-16",
                "text/plain;charset=iso-8859-1",
                "text/html"
            })
    void otherContentTypeIsRefused(String type) {
        ingest.contentType = type;
        refused(bytes(batch()), 415, "Content-Type must be");
    }

    @Test
    void otherContentEncodingIsRefused() {
        ingest.contentEncoding = "br";
        refused(bytes(batch()), 415, "Content-Encoding must be");
    }

    @Test
    void bodyThatIsNoGzipAsItSaysIsRefused() {
        ingest.contentEncoding = "gzip";
        refused(bytes("hello"), 400, "does not begin as gzip");
    }

    @Test
    void bodyThatBreaksOffIsRefused() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        };
        assertThatThrownBy(() -> ingest.send(broken))
                .isInstanceOfSatisfying(
                        BatchRejectedException.class,
                        e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void announcedLengthOverTheLimitIsRefusedUnread() {
        ingest.headers.put("content-length", "67108865");
        refused(new byte[0], 413, "larger than 67108864");
    }

    @Test
    void answerShowsNoMoreThanAnExcerptOfTheBody() {
        assertThatThrownBy(() -> ingest.send("secret".repeat(1_000)))
                .isInstanceOfSatisfying(
                        BatchRejectedException.class,
                        e -> assertThat(e.getMessage())
                                .hasSizeLessThan(300)
                                .doesNotContain("secretsecretsecretsecret"));
    }

    private void refused(byte[] body, int status, String reason) {
        assertThatThrownBy(() -> ingest.send(body)).isInstanceOfSatisfying(BatchRejectedException.class, e -> {
            assertThat(e.getMessage()).contains(reason);
            assertThat(e.status()).isEqualTo(status);
        });
        assertThat(ingest.buffer.appends).isEmpty();
    }

    private static byte[] raw(int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(head(0) + "\"events\":[{\"type\":3,\"data\":{\"a\":\""));
        Arrays.stream(values).forEach(out::write);
        out.writeBytes(bytes("\"},\"timestamp\":" + NOW + "}]}"));
        return out.toByteArray();
    }

    private static byte[] empty(int members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] empty = gzip(new byte[0]);
        for (int i = 0; i < members; i++) {
            out.writeBytes(empty);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
