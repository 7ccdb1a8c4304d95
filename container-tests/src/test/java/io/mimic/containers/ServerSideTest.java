package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server saw of a recorded session's requests becomes part of it, however the container dispatches them. */
@Tag("slow")
class ServerSideTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final List<String> PATHS = List.of(
            "/body/writer",
            "/file.html",
            "/no-such-thing",
            "/private/page",
            "/control/error-after-part",
            "/control/failing",
            "/control/forward",
            "/control/include",
            "/control/redirect-after-part",
            "/async/complete",
            "/async/dispatch",
            "/async/non-blocking",
            "/async/timeout");

    @TempDir
    static Path work;

    private static Container container;
    private static Client host;
    private static Client reader;

    private final Client browser = host.withCookies();

    @BeforeAll
    static void start() throws Exception {
        container = Container.start(work);
        // without the container's search of every class for annotations, which takes most of a start
        container.deploy(
                "/host", new HostWebapp(work.resolve("host")).metadataComplete().build());
        host = Client.of(container, "/host");
        host.awaitRecording();
        reader = host.withCookies().logIn();
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void everyRequestIsKeptOnceWithItsStatus() throws Exception {
        String session = begin("");
        Map<String, Object> answered = new TreeMap<>();
        for (String path : PATHS) {
            answered.put("http://localhost/host" + path, browser.navigate(path).status());
        }
        assertThat(browser.navigate("/control/suppressed").text())
                .contains("</html>")
                .doesNotContain("recorder.js");
        answered.put(
                "http://localhost/host/body/json", browser.fetch("/body/json").status());

        List<Map<String, Object>> rows = rows(session, "network", answered.size());

        Map<String, Object> kept = new TreeMap<>();
        rows.forEach(row -> kept.put((String) row.get("url"), row.get("status")));
        assertThat(kept).isEqualTo(answered);
        assertThat(rows).hasSameSizeAs(answered.keySet());
    }

    @Test
    void failureIsKeptWithItsStackItsLogAndItsTrace() throws Exception {
        String session = begin("");
        assertThat(browser.send(browser.request("/control/failing")
                                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"))
                        .status())
                .isEqualTo(500);

        Map<String, Object> row = rows(session, "network", 1).get(0);

        assertThat(row).containsEntry("status", 500).containsEntry("traceId", TRACE);
        Map<String, Object> server = member(row, "server");
        assertThat(server).containsEntry("route", "/control/*").containsEntry("handler", "control");
        assertThat(member(server, "exception"))
                .containsEntry("type", "java.lang.IllegalStateException")
                .containsEntry("message", "the host's own failure");
        assertThat(String.valueOf(member(server, "exception").get("stack")))
                .contains(
                        "at io.mimic.containers.host.ControlPages.", "at io.mimic.containers.host.PageServlet.service");
        assertThat(String.valueOf(server.get("logs"))).contains("WARN", "com.example.Stock", "17 are left; token=***");
    }

    @Test
    void firstPageJoinsTheSessionThatItBegins() throws Exception {
        Client.Answer page = browser.navigate("/async/dispatch");
        String id = page.header("Server-Timing").orElseThrow();
        assertThat(id).startsWith("mimic;desc=");

        String session = begin('"' + id.substring("mimic;desc=".length()) + '"');

        assertThat(rows(session, "network", 1))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("url", "http://localhost/host/async/dispatch")
                        .containsEntry("initiator", "document"));
    }

    @Test
    void hostKnowsTheSessionAndTellsOfItsUser() throws Exception {
        assertThat(browser.fetch("/control/session").text()).isEqualTo("nobody");
        String session = begin("");

        assertThat(browser.fetch("/control/session").text())
                .matches(session + " http://localhost:\\d+/host/mimic/sessions/" + session + "\\?t=\\d+");

        assertThat(rows(session, "events", 1).get(0))
                .containsEntry("name", "order placed")
                .containsEntry("data", Map.of("total", 12));
        assertThat(rows(session, "identify", 1).get(0))
                .containsEntry("user", "anna")
                .containsEntry("traits", Map.of("plan", "pro"));
    }

    @Test
    void sessionIsFoundAmongCookiesThatComeApartAsOverHttp2() throws Exception {
        String session = begin("");
        Client apart = host.overHttp2();
        assertThat(apart.fetch("/body/json").status()).isEqualTo(200);

        Client.Answer answer = apart.send(apart.request("/control/session")
                .header("Cookie", "theme=dark")
                .header("Cookie", browser.cookies())
                .header("Cookie", "last=1"));

        assertThat(answer.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.text()).startsWith(session + " http://localhost:");
    }

    /** Begins a session, as the recorder of a page does. */
    private String begin(String served) throws Exception {
        long now = System.currentTimeMillis();
        String batch = "{\"v\":1,\"project\":\"" + HostWebapp.PROJECT + "\",\"window\":\"abcdefgh\",\"page\":\""
                + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":" + now
                + ",\"server\":[" + served + "],\"meta\":{\"url\":\"http://localhost/host/\"},\"events\":[{\"type\":4,"
                + "\"timestamp\":" + now
                + ",\"data\":{\"href\":\"http://localhost/host/\",\"width\":1,\"height\":1}}]}";
        Client.Answer answer = browser.send(browser.request("/mimic/ingest")
                .header("Content-Type", "text/plain")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(batch)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return (String) JSON.std.mapFrom(answer.text()).get("session");
    }

    @SuppressWarnings("unchecked") // the timeline's lists hold objects
    private static List<Map<String, Object>> rows(String session, String list, int atLeast) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            Client.Answer answer = reader.fetch("/mimic/api/sessions/" + session + "/timeline");
                            assertThat(answer.status()).as(answer.text()).isIn(200, 404);
                            return answer.status() == 404
                                    ? List.<Map<String, Object>>of()
                                    : (List<Map<String, Object>>)
                                            JSON.std.mapFrom(answer.text()).get(list);
                        },
                        rows -> rows.size() >= atLeast);
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static Map<String, Object> member(Map<String, Object> row, String name) {
        return (Map<String, Object>) row.get(name);
    }
}
