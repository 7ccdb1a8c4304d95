package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No value that comes from outside begins a line of the log, or commands the terminal that shows it; nor does one end a header. */
class LogInjectionTest {
    private static final String FORGED = "FORGED LINE";

    /** CR, LF, NEL, line separator, an ANSI colour in two ways, and an override of the writing direction. */
    private static final List<String> BREAKS =
            List.of("%0d%0a", "%0a", "%0d", "%C2%85", "%E2%80%A8", "%1b%5b31m", "%C2%9b31m", "%E2%80%AE");

    @Test
    void addressThatCannotBeAnsweredIsOneLine(@TempDir Path folder) throws Exception {
        Lines lines = new Lines();
        try (DashboardServer server = new DashboardServer(folder, Clock.systemUTC());
                RawConnection connection =
                        new RawConnection(URI.create(server.origin()).getPort());
                lines) {
            String cookie = server.cookie("shop", PASSWORD);
            server.mimic().close();
            for (String broken : BREAKS) {
                RawConnection.Answer answer = connection.send(
                        ("GET /shop/mimic/api/sessions/x" + broken + FORGED.replace(" ", "%20")
                                        + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII),
                        false);
                assertThat(answer.status()).as(broken).isEqualTo(503);
                assertThat(answer.body()).doesNotContain("\tat ", "Exception");
            }
        }
        assertThat(lines.messages).filteredOn(line -> line.contains(FORGED)).hasSize(BREAKS.size());
        lines.assertPrintable();
    }

    @Test
    void whatUsersAndProgramsSendIsNeverALineOfItsOwn(@TempDir Path folder) throws Exception {
        Lines lines = new Lines();
        try (DashboardServer server = new DashboardServer(folder, Clock.systemUTC());
                lines) {
            String cookie = server.cookie("shop", PASSWORD);
            String broken = "a\\r\\n" + FORGED + "\\u001b[31m\\u2028" + FORGED;
            for (HttpResponse<byte[]> answer : List.of(
                    server.login(broken, "wrong-password-1"),
                    server.login("shop", broken),
                    server.as("token", "POST", "/api/projects", "{\"name\":\"" + broken + "\",\"password\":\"x\"}"),
                    server.as(cookie, "POST", "/api/tokens", "{\"name\":\"" + broken + "\",\"days\":1}"),
                    server.as(cookie, "POST", "/api/admin/projects", "{\"name\":\"" + broken + "\"}"),
                    server.as(cookie, "PATCH", "/api/admin/projects/p_shop", "{\"origins\":[\"" + broken + "\"]}"),
                    server.as(cookie, "POST", "/api/erasures", "{\"user\":\"" + broken + "\"}"),
                    server.post("/ingest", batch("p_" + broken)),
                    server.post("/ingest", batch("p_shop").replace("\"v\":1", "\"v\":\"" + broken + "\"")),
                    server.post("/ingest", batch("p_shop").replace("SHOWN", broken)))) {
                assertThat(answer.statusCode()).as(text(answer)).isLessThan(500);
                answer.headers()
                        .map()
                        .forEach((name, values) -> assertThat(name + values).doesNotContain(FORGED));
            }
        }
        lines.assertPrintable();
    }

    /** Where an answer's header has a part that was asked for: the file's name of an export, and where the mount itself leads. */
    @Test
    void noHeaderOfAnAnswerIsWrittenByWhoAsks(@TempDir Path folder) throws Exception {
        try (DashboardServer server = new DashboardServer(folder, Clock.systemUTC());
                RawConnection connection =
                        new RawConnection(URI.create(server.origin()).getPort())) {
            String cookie = server.cookie("shop", PASSWORD);
            UUID session = server.record("p_shop", 1);
            for (String target : List.of(
                    "?x=%0d%0aX-Forged:%20yes",
                    "%0d%0aX-Forged:%20yes",
                    "/%0d%0aX-Forged:%20yes",
                    "/login?next=%0d%0aX-Forged:%20yes",
                    "/api/sessions/" + session + "/export?format=%0d%0aX-Forged:%20yes",
                    "/api/sessions/" + session + "%0d%0aX-Forged:%20yes/export",
                    "/api/sessions/" + session + "/export?window=%22;%0d%0aX-Forged:%20yes",
                    "/api/sessions/" + session + "/export?q=%zz%0d%0aX-Forged:%20yes")) {
                RawConnection.Answer answer = connection.send(
                        ("GET /shop/mimic" + target + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie
                                        + "; x=%0d%0aX-Forged:%20yes\r\nX-Forwarded-Host: evil.example\r\n"
                                        + "X-Forwarded-Prefix: //evil.example\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII),
                        false);
                assertThat(answer.status()).as(target).isLessThan(500);
                assertThat(answer.head()).as(target).doesNotContainIgnoringCase("X-Forged", "evil.example");
            }
        }
    }

    private static String batch(String project) {
        return "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"w-12345678\",\"page\":\""
                + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":"
                + System.currentTimeMillis() + ",\"meta\":{\"url\":\"https://shop.example/SHOWN\",\"title\":\"SHOWN\"},"
                + "\"events\":[]}";
    }

    /** What MIMIC logs, with the messages of the exceptions. */
    private static final class Lines extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("io.mimic");
        private final Level before = logger.getLevel();
        private final Queue<String> messages = new ConcurrentLinkedQueue<>();
        private final SimpleFormatter format = new SimpleFormatter();

        Lines() {
            setLevel(Level.ALL);
            logger.setLevel(Level.ALL);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            messages.add(format.formatMessage(record));
            for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
                messages.add("because of " + cause);
            }
        }

        void assertPrintable() {
            assertThat(messages).isNotEmpty().allSatisfy(line -> {
                assertThat(line).doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u202e]");
                assertThat(line).doesNotStartWith(FORGED);
            });
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setLevel(before);
        }
    }
}
