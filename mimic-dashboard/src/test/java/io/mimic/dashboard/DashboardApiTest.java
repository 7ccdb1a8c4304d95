package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.OTHER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardApiTest {
    @TempDir
    static Path folder;

    private static final ShiftedClock CLOCK = new ShiftedClock();
    private static DashboardServer server;
    private static String shop;
    private static String other;
    private static UUID session;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, CLOCK);
        shop = server.cookie("shop", PASSWORD);
        other = server.cookie("other", OTHER_PASSWORD);
        session = server.record("p_shop", 200);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Nested
    class Login {
        @Test
        void setsACookieForTheDashboardAlone() {
            HttpResponse<byte[]> answer = server.login("shop", PASSWORD);

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                    .matches("mimic_dashboard=[A-Za-z0-9_-]{43}; Path=/shop/mimic; HttpOnly; SameSite=Strict");
        }

        @Test
        void tellsWhoIsLoggedIn() {
            Map<String, Object> me = json(server.get("/api/me", shop));

            assertThat(me)
                    .containsEntry("project", Map.of("id", "p_shop", "name", "shop"))
                    .containsEntry("role", "admin")
                    .containsEntry("retentionDays", 30)
                    .containsEntry("sessionTimeoutMs", 10_000)
                    .containsKey("version");
        }

        @Test
        void aWrongPasswordAndAnUnknownProjectAreAnsweredAlike() {
            HttpResponse<byte[]> wrong = server.login("shop", "not-the-password");
            HttpResponse<byte[]> unknown = server.login("no-such-project", "not-the-password");

            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(text(wrong)).isEqualTo(text(unknown));
            assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "[]",
                    "null",
                    "{",
                    "{\"project\":\"shop\"}",
                    "{\"project\":5,\"password\":\"x\"}",
                    "{\"project\":{\"$ne\":\"\"},\"password\":\"x\"}",
                    "{\"project\":\"shop\",\"password\":[\"x\"]}",
                    "{\"project\":\"\",\"password\":\"x\"}",
                    "{\"project\":null,\"password\":null}"
                })
        void malformedBodiesAreTold(String body) {
            HttpResponse<byte[]> answer = server.post("/api/login", body);

            assertProblem(answer, 400);
        }

        @Test
        void aBodyThatIsTooLargeOrNoJsonIsRefused() {
            assertProblem(server.post("/api/login", "{\"project\":\"" + "x".repeat(20_000) + "\"}"), 413);
            assertProblem(
                    server.send(server.to("/api/login")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("project=shop&password=" + PASSWORD))),
                    415);
        }

        @Test
        void guessingIsSlowedDownForThisAddressAndProject() {
            HttpResponse<byte[]> last = server.login("guessed", "guess-number-1");
            for (int i = 0; i < 20 && last.statusCode() == 401; i++) {
                last = server.login("guessed", "guess-number-2");
            }

            assertProblem(last, 429);
            assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow()))
                    .isPositive();
            assertThat(server.login("shop", PASSWORD).statusCode()).isEqualTo(204);
        }

        @Test
        void aBrowserThatLoggedInBeforeIsNotHeldUpByWhoGuesses() {
            String mark = server.login("other", OTHER_PASSWORD).headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("mimic_known_"))
                    .findFirst()
                    .orElseThrow();
            assertThat(mark)
                    .matches(
                            "mimic_known_[0-9a-f]+=[A-Za-z0-9_-]{43}\\.ADMIN\\.[0-9a-f]{64}; Path=/shop/mimic/api/login; Max-Age=31536000;"
                                    + " HttpOnly; SameSite=Strict");
            for (int i = 0; i < 6; i++) {
                server.login("other", "guess-number-" + i);
            }

            assertProblem(server.login("other", OTHER_PASSWORD), 429);
            HttpResponse<byte[]> known = server.send(server.to("/api/login")
                    .header("Content-Type", "application/json")
                    .header("Cookie", mark.substring(0, mark.indexOf(';')))
                    .POST(BodyPublishers.ofString("{\"project\":\"other\",\"password\":\"" + OTHER_PASSWORD + "\"}")));
            assertThat(known.statusCode()).isEqualTo(204);
        }

        @Test
        void logoutEndsItOnTheServer() {
            String cookie = server.cookie("shop", PASSWORD);
            HttpResponse<byte[]> answer = server.send(
                    server.to("/api/logout").header("Cookie", cookie).POST(BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
            assertProblem(server.get("/api/me", cookie), 401);
            assertThat(server.get("/api/me", shop).statusCode()).isEqualTo(200);
        }

        @Test
        void anIdleLoginExpires() {
            String cookie = server.cookie("shop", PASSWORD);
            CLOCK.shift(Duration.ofHours(3));
            try {
                assertProblem(server.get("/api/me", cookie), 401);
            } finally {
                CLOCK.shift(Duration.ofHours(-3));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "Sec-Fetch-Site, cross-site, 403",
            "Sec-Fetch-Site, same-site, 403",
            "Sec-Fetch-Site, none, 403",
            "Sec-Fetch-Site, same-origin, 204",
            "Origin, https://evil.example, 403",
            "Origin, null, 403",
        })
        void changesComeFromTheSameOrigin(String header, String value, int status) {
            HttpResponse<byte[]> answer = server.send(server.to("/api/login")
                    .header("Content-Type", "application/json")
                    .header(header, value)
                    .POST(BodyPublishers.ofString("{\"project\":\"shop\",\"password\":\"" + PASSWORD + "\"}")));

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Set-Cookie").isPresent()).isEqualTo(status == 204);
        }

        @Test
        void theSameOriginMayLogIn() {
            HttpResponse<byte[]> answer = server.send(server.to("/api/login")
                    .header("Content-Type", "application/json")
                    .header("Origin", server.origin())
                    .POST(BodyPublishers.ofString("{\"project\":\"shop\",\"password\":\"" + PASSWORD + "\"}")));

            assertThat(answer.statusCode()).isEqualTo(204);
        }
    }

    @Nested
    class Authorisation {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/me",
                    "/api/sessions",
                    "/api/overview",
                    "/api/sessions/ID",
                    "/api/sessions/ID/timeline",
                    "/api/sessions/ID/events"
                })
        void nothingIsToldWithoutALogin(String path) {
            String token = shop.substring(shop.indexOf('=') + 1);
            for (String cookie : List.of(
                    "",
                    "mimic_dashboard=",
                    "mimic_dashboard=" + "A".repeat(43),
                    "mimic_dashboard=" + token.substring(1) + "A",
                    "mimic_dashboard=" + token + "A",
                    "mimic_dashboard=../../etc",
                    "mimic_session_p_shop=" + token)) {
                HttpResponse<byte[]> answer = server.get(path.replace("ID", session.toString()), cookie);

                assertProblem(answer, 401);
                assertThat(text(answer)).doesNotContain("shop.example");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/timeline", "/events"})
        void anotherProjectsSessionIsNotThere(String part) {
            assertProblem(server.get("/api/sessions/" + session + part, other), 404);
            assertThat(server.get("/api/sessions/" + session + part, shop).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void anotherProjectsListIsEmpty() {
            assertThat(json(server.get("/api/sessions", other))).containsEntry("items", List.of());
            assertThat(json(server.get("/api/sessions?q=" + session, other))).containsEntry("items", List.of());
            assertThat(json(server.get("/api/overview", other))).containsEntry("live", 0);
        }

        @Test
        void anotherProjectCannotErase() {
            assertProblem(delete(session.toString(), other), 404);
            assertProblem(delete(session.toString(), ""), 401);
            assertThat(server.get("/api/sessions/" + session, shop).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void aSecondCookieOfTheSameNameDoesNotHideTheLogin() {
            assertThat(server.get("/api/me", "mimic_dashboard=" + "B".repeat(43) + "; " + shop)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Sessions {
        @Test
        void areListedNewestFirst() {
            Map<String, Object> list = json(server.get("/api/sessions", shop));

            assertThat(list).containsKeys("items", "next", "scannedTo");
            assertThat((List<?>) list.get("items"))
                    .isNotEmpty()
                    .allSatisfy(item -> assertThat(
                                    ((Map<?, ?>) item).keySet().stream().map(String::valueOf))
                            .contains("id", "state", "startedAt", "durationMs", "url", "errors", "ip", "browser"));
        }

        @Test
        void haveDetailsTimelineAndEvents() {
            assertThat(json(server.get("/api/sessions/" + session, shop)))
                    .containsEntry("id", session.toString())
                    .containsKeys("windows", "pages", "segments");
            assertThat(json(server.get("/api/sessions/" + session + "/timeline", shop)))
                    .containsKeys("markers", "network", "console", "errors");
            assertThat(text(server.get("/api/sessions/" + session + "/events?window=w-12345678", shop)))
                    .startsWith("[")
                    .endsWith("]")
                    .contains("\"type\":2");
        }

        @Test
        void longAnswersAreCompressedForWhoTakesIt() throws Exception {
            String path = "/api/sessions/" + session + "/events";
            HttpResponse<byte[]> plain = server.get(path, shop);
            HttpResponse<byte[]> packed =
                    server.send(server.to(path).header("Cookie", shop).header("Accept-Encoding", "gzip"));

            assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
            assertThat(packed.body().length).isLessThan(plain.body().length / 5);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(plain.body());
            HttpResponse<byte[]> small =
                    server.send(server.to("/api/me").header("Cookie", shop).header("Accept-Encoding", "gzip"));
            assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
        }

        @Test
        void overviewHasBars() {
            Map<String, Object> overview = json(server.get("/api/overview", shop));

            assertThat((List<?>) overview.get("buckets")).hasSize(48);
            assertThat((int) overview.get("live")).isPositive();
        }

        @Test
        void areErased() {
            UUID gone = server.record("p_shop", 1);
            assertThat(delete(gone.toString(), shop).statusCode()).isEqualTo(204);
            assertProblem(server.get("/api/sessions/" + gone, shop), 404);
            assertProblem(delete(gone.toString(), shop), 404);
        }

        @Test
        void areNotErasedForAnotherSite() {
            HttpResponse<byte[]> answer = server.send(server.to("/api/sessions/" + session)
                    .header("Cookie", shop)
                    .header("Sec-Fetch-Site", "cross-site")
                    .DELETE());

            assertProblem(answer, 403);
            assertThat(server.get("/api/sessions/" + session, shop).statusCode())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "1-1-1-1-1",
                    "00000000-0000-0000-0000-000000000000",
                    "%27%20OR%201=1",
                    "null",
                    "..",
                    "%00",
                    "00000000-0000-0000-0000-00000000000%0a",
                    "%F0%9F%98%80"
                })
        void hostileIdsAreNotThere(String id) {
            for (String part : List.of("", "/timeline", "/events")) {
                HttpResponse<byte[]> answer = server.get("/api/sessions/" + id + part, shop);

                assertThat(answer.statusCode()).isIn(400, 404);
                assertThat(text(answer)).doesNotContain("Exception");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "limit=0, limit",
            "limit=201, limit",
            "limit=x, limit",
            "status=999, status",
            "errors=1, errors",
            "from=yesterday, from",
            "minDuration=-1, minDuration",
            "state=gone, state",
            "cursor=%00, cursor",
            "cursor=forged, cursor",
            "limit=1&limit=2, limit",
            "from=2000&to=1000, to",
            "minDuration=9&maxDuration=5, maxDuration"
        })
        void wrongParametersAreNamed(String query, String name) {
            HttpResponse<byte[]> answer = server.get("/api/sessions?" + query, shop);

            assertProblem(answer, 400);
            assertThat(text(answer)).contains(name);
        }

        @Test
        void allFiltersAreTaken() {
            String query =
                    "?q=cart&errors=true&status=5xx&browser=Firefox&os=Linux&country=DE&user=u&event=e&failure=f&maxDuration=9&state=active"
                            + "&from=2026-01-01&to=2100-01-01T00:00:00%2B01:00&minDuration=0&limit=200";

            assertThat(server.get("/api/sessions" + query, shop).statusCode()).isEqualTo(200);
        }

        @Test
        void pagesFollowTheCursor() {
            server.record("p_shop", 1);
            Map<String, Object> first = json(server.get("/api/sessions?limit=1", shop));
            Map<String, Object> second = json(server.get("/api/sessions?limit=1&cursor=" + first.get("next"), shop));

            assertThat((List<?>) first.get("items")).hasSize(1);
            assertThat((List<?>) second.get("items")).hasSize(1).isNotEqualTo(first.get("items"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/login, 404", "PUT, /api/sessions, 405", "POST, /api/me, 405", "DELETE, /api/sessions, 405",
        "GET, /api/unknown, 404", "GET, /api/sessions/a/b/c, 404", "GET, /api, 404", "POST, /, 405"
    })
    void otherMethodsAndRoutesAreRefused(String method, String path, int status) {
        assertProblem(
                server.send(server.to(path)
                        .header("Cookie", shop)
                        .header("Accept", "text/html")
                        .method(method, BodyPublishers.noBody())),
                status);
    }

    @Test
    void everyAnswerOfTheApiIsClosed() {
        for (String path :
                List.of("/api/me", "/api/sessions", "/api/nothing", "/api/sessions/" + session + "/events")) {
            var headers = server.get(path, shop).headers();

            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        }
    }

    private static HttpResponse<byte[]> delete(String id, String cookie) {
        var request = server.to("/api/sessions/" + id).DELETE();
        return server.send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer)).containsEntry("status", status).containsKeys("type", "title", "detail");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("\tat ");
    }
}
