package io.mimic.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.servlet.AllRoutes;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every route, taken from the table of routes itself: a new one is either public on purpose or closed. */
class EveryRouteTest {
    /** Answered to everybody; each guards itself, or has nothing to guard. */
    private static final Set<String> PUBLIC = Set.of(
            "GET /recorder.js",
            "GET /vitals.js",
            "GET /canvas.js",
            "POST /ingest",
            "OPTIONS /ingest",
            "GET /api/health",
            "GET /api/openapi.json",
            "POST /api/projects",
            "POST /api/login",
            "POST /api/logout",
            "GET /player",
            "GET /**");

    private static final String STRANGER = "/api/sessions/" + UUID.randomUUID();

    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static UUID session;
    private static String cookie;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, Clock.systemUTC());
        session = server.record("p_shop", 2);
        cookie = server.cookie("shop", DashboardServer.PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static List<String> every() {
        return List.copyOf(AllRoutes.of(server.mimic()));
    }

    static List<String> closed() {
        return every().stream().filter(route -> !PUBLIC.contains(route)).toList();
    }

    static List<String> changes() {
        return closed().stream().filter(route -> !route.startsWith("GET ")).toList();
    }

    @Test
    void tableIsNotEmptyAndEveryPublicRouteIsInIt() {
        assertThat(closed()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(every()).containsAll(PUBLIC);
    }

    @ParameterizedTest
    @MethodSource("every")
    void answerHasTheHeadersOfAClosedAnswer(String route) {
        boolean ends = route.equals("POST /api/logout");
        for (String with : List.of("", ends ? server.cookie("shop", DashboardServer.PASSWORD) : cookie)) {
            HttpResponse<byte[]> answer = ask(route, with, "application/json");
            assertClosed(route, answer);
            assertThat(answer.statusCode()).as(route).isLessThan(500);
        }
        assertClosed("HEAD " + route, server.send(to(route, "*/*").method("HEAD", BodyPublishers.noBody())));
        assertClosed("PUT " + route, server.send(to(route, "*/*").method("PUT", BodyPublishers.noBody())));
    }

    @Test
    void pagesAndWhatIsNotThereHaveThemToo() {
        for (String path :
                List.of("/", "/login", "/nothing", "/api/nothing", "/assets/nothing.js", STRANGER, "/%3C", "")) {
            for (String accept : List.of("text/html", "application/json")) {
                assertClosed(path, server.send(server.to(path).header("Accept", accept)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void withoutALoginThereIsNoAnswer(String route) {
        String ended = server.cookie("shop", DashboardServer.PASSWORD);
        server.send(server.to("/api/logout").header("Cookie", ended).POST(BodyPublishers.noBody()));
        String changed = cookie.substring(0, cookie.length() - 2) + (cookie.endsWith("AA") ? "BB" : "AA");
        for (String with : List.of("", "mimic_dashboard=", "mimic_dashboard=x", changed, ended, sessionCookie())) {
            HttpResponse<byte[]> answer = ask(route, with, "application/json");
            assertThat(answer.statusCode()).as(route + " with " + with).isEqualTo(401);
            assertThat(DashboardServer.text(answer)).doesNotContain(session.toString());
        }
        assertThat(server.mimic().sessions().exists("p_shop", session)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void pageOfAnotherSiteChangesNothing(String route) {
        for (String[] header : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Sec-Fetch-Site", "none"},
            {"Origin", "https://evil.example"},
            {"Origin", "null"}
        }) {
            HttpResponse<byte[]> answer = server.send(
                    to(route, "application/json").header("Cookie", cookie).header(header[0], header[1]));
            assertThat(answer.statusCode())
                    .as(route + " " + String.join(": ", header))
                    .isEqualTo(403);
        }
        assertThat(server.mimic().sessions().exists("p_shop", session)).isTrue();
    }

    private static void assertClosed(String what, HttpResponse<byte[]> answer) {
        HttpHeaders headers = answer.headers();
        String policy = headers.firstValue("Content-Security-Policy").orElse("");
        assertThat(policy).as(what).startsWith("default-src 'none'").contains("frame-ancestors ");
        if (!what.endsWith("GET /player")) {
            assertThat(policy).as(what).doesNotContain("unsafe");
        }
        assertThat(headers.firstValue("X-Content-Type-Options")).as(what).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).as(what).contains("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).as(what).contains("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).as(what).isPresent();
        assertThat(headers.firstValue("Cache-Control")).as(what).isPresent();
        assertThat(headers.firstValue("Server")).as(what).isEmpty();
        if (answer.statusCode() >= 400) {
            assertThat(DashboardServer.text(answer)).as(what).doesNotContain("\tat ", "Exception");
        }
    }

    /** What a recorded visitor has is no login. */
    private static String sessionCookie() {
        return "mimic_dashboard="
                + server.mimic().projects().own().orElseThrow().id();
    }

    private static HttpResponse<byte[]> ask(String route, String with, String accept) {
        HttpRequest.Builder request = to(route, accept);
        return server.send(with.isEmpty() ? request : request.header("Cookie", with));
    }

    /** With the recorded session for every variable; a change of it goes to one that is not there. */
    private static HttpRequest.Builder to(String route, String accept) {
        String method = route.substring(0, route.indexOf(' '));
        boolean harmless = method.equals("GET") || method.equals("OPTIONS");
        String id = harmless ? session.toString() : STRANGER.substring(STRANGER.lastIndexOf('/') + 1);
        String path = Stream.of(route.substring(method.length() + 1).split("/", -1))
                .map(part -> part.startsWith("{") ? id : part.equals("**") ? "nothing" : part)
                .reduce((a, b) -> a + "/" + b)
                .orElseThrow();
        HttpRequest.Builder request = server.to(path).header("Accept", accept);
        return harmless
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString("{}"));
    }
}
