package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.OTHER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.project.Origins;
import io.mimic.servlet.AllRoutes;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody of the project "other" reaches for the session of the project "shop", at every route that there is. A new route without a case
 * here fails {@link #everyRouteHasACase}.
 */
class ProjectIsolationTest {
    private static final String PAGE = "abcdef0123456789abcdef0123456789";

    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static String owner;
    private static String stranger;
    private static UUID session;
    private static String ownersToken;

    private final Map<String, Executable> cases = new TreeMap<>();

    ProjectIsolationTest() {
        for (String file : List.of("recorder.js", "vitals.js", "canvas.js")) {
            cases.put("GET /" + file, () -> sameForEverybody("/" + file));
        }
        cases.put("GET /player", () -> sameForEverybody("/player"));
        cases.put("GET /**", this::linkToASessionShowsNothingOfIt);
        cases.put("GET /api/health", () -> nothingOfShop(server.get("/api/health", stranger)));
        cases.put("GET /api/me", () -> assertThat(project(stranger)).isEqualTo("p_other"));
        cases.put("POST /api/project", this::nobodyChoosesAProjectWithoutTheHost);
        cases.put("GET /api/overview", this::overviewCountsOwnSessions);
        cases.put("GET /api/sessions", this::noFilterFindsIt);
        cases.put("GET /api/sessions/{id}", () -> notThere(server.get("/api/sessions/" + session, stranger)));
        cases.put("GET /api/sessions/{id}/timeline", () -> notThere(below("/timeline")));
        cases.put("GET /api/sessions/{id}/events", () -> notThere(below("/events")));
        cases.put("GET /api/sessions/{id}/assets", () -> notThere(below("/assets")));
        cases.put("GET /api/sessions/{id}/assets/{sha256}", () -> notThere(below("/assets/" + "0".repeat(64))));
        cases.put("DELETE /api/sessions/{id}", () -> notThere(erase(stranger)));
        cases.put("GET /api/sessions/{id}/export", () -> notThere(below("/export")));
        cases.put("GET /api/erasures", () -> nothingOfShop(server.get("/api/erasures?ip=127.0.0.1", stranger)));
        cases.put("POST /api/erasures", this::erasureReachesOwnSessionsAlone);
        cases.put("GET /api/settings", () -> nothingOfShop(server.get("/api/settings", stranger)));
        cases.put("GET /api/storage", () -> nothingOfShop(server.get("/api/storage", stranger)));
        cases.put("GET /api/access-log", () -> nothingOfShop(server.get("/api/access-log?limit=200", stranger)));
        cases.put("GET /api/openapi.json", () -> sameForEverybody("/api/openapi.json"));
        cases.put("GET /api/tokens", () -> nothingOfShop(server.get("/api/tokens", stranger)));
        cases.put("POST /api/tokens", this::tokenOpensItsOwnProject);
        cases.put("DELETE /api/tokens/{id}", this::tokensOfAnotherStay);
        cases.put("GET /api/admin/health", () -> refused("GET", "/api/admin/health", ""));
        cases.put("GET /api/admin/projects", () -> nothingOfShop(server.get("/api/admin/projects", stranger)));
        cases.put("POST /api/admin/projects", () -> refused("POST", "/api/admin/projects", "{\"name\":\"mine\"}"));
        cases.put(
                "PATCH /api/admin/projects/{id}",
                () -> refused("PATCH", "/api/admin/projects/p_shop", "{\"password\":\"mine-from-now-0n\"}"));
        cases.put(
                "GET /api/admin/projects/{id}/removal", () -> refused("GET", "/api/admin/projects/p_shop/removal", ""));
        cases.put(
                "POST /api/admin/projects/{id}/removal",
                () -> refused("POST", "/api/admin/projects/p_shop/removal", "{\"confirm\":\"shop\"}"));
        cases.put("POST /api/login", this::passwordOpensItsOwnProject);
        cases.put("POST /api/logout", this::logoutEndsOwnLogin);
        cases.put("POST /api/projects", this::registeringChangesNoOther);
        cases.put("POST /ingest", this::batchJoinsNoSessionOfAnother);
        cases.put("OPTIONS /ingest", this::preflightSaysNothing);
    }

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, Clock.systemUTC());
        server.mimic().projects().setOrigins("p_shop", Origins.of(List.of("https://shop.example")));
        server.mimic().projects().setOrigins("p_other", Origins.of(List.of("https://other.example")));
        owner = server.cookie("shop", PASSWORD);
        stranger = server.cookie("other", OTHER_PASSWORD);
        session = server.record("p_shop", 5);
        Map<String, Object> answer = json(batch("p_shop", "https://shop.example", PAGE, 0, ""));
        ownersToken = (String) answer.get("token");
        assertThat(ownersToken).isNotEmpty();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void everyRouteHasACase() {
        assertThat(cases.keySet()).containsExactlyInAnyOrderElementsOf(AllRoutes.of(server.mimic()));
    }

    @TestFactory
    Stream<DynamicTest> strangerGetsNothing() {
        return cases.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String before = text(server.get("/api/sessions/" + session + "/events", owner));
                    assertThat(before).startsWith("[{").contains("shop.example");
                    entry.getValue().execute();
                    assertThat(text(server.get("/api/sessions/" + session + "/events", owner)))
                            .as("what the owner sees")
                            .isEqualTo(before);
                    assertThat(project(owner)).isEqualTo("p_shop");
                }));
    }

    private void sameForEverybody(String path) {
        HttpResponse<byte[]> own = server.get(path, owner);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(server.get(path, stranger).body()).isEqualTo(own.body());
        assertThat(server.get(path, "").body()).isEqualTo(own.body());
        nothingOfShop(own);
    }

    private void linkToASessionShowsNothingOfIt() {
        String unknown = "/sessions/" + UUID.randomUUID();
        for (String cookie : List.of(stranger, owner, "")) {
            HttpResponse<byte[]> page = html("/sessions/" + session, cookie);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(text(page)).isEqualTo(text(html(unknown, cookie)));
            nothingOfShop(page);
        }
    }

    private void nobodyChoosesAProjectWithoutTheHost() {
        HttpResponse<byte[]> answer = server.as(stranger, "POST", "/api/project", "{\"project\":\"p_shop\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        nothingOfShop(answer);
        assertThat(project(stranger)).isEqualTo("p_other");
    }

    private void overviewCountsOwnSessions() {
        server.record("p_other", 1, "other.example");
        assertThat(((Number) json(server.get("/api/overview", stranger)).get("live")).intValue())
                .isLessThanOrEqualTo(
                        json(list(stranger, "?limit=200")).get("items") instanceof List<?> own ? own.size() : 0);
        nothingOfShop(server.get("/api/overview", stranger));
    }

    private void noFilterFindsIt() {
        for (String query : List.of(
                "",
                "?q=" + session,
                "?q=" + session.toString().substring(0, 8),
                "?q=shop.example",
                "?q=127.0.0.1",
                "?state=active",
                "?project=p_shop",
                "?project=shop",
                "?limit=200&minDuration=0")) {
            nothingOfShop(list(stranger, query));
        }
        server.record("p_shop", 1);
        Object cursor = json(list(owner, "?limit=1")).get("next");
        assertThat(cursor).isNotNull();
        nothingOfShop(list(stranger, "?limit=1&cursor=" + cursor));
    }

    private void erasureReachesOwnSessionsAlone() {
        HttpResponse<byte[]> report = server.as(stranger, "POST", "/api/erasures", "{\"ip\":\"127.0.0.1\"}");
        assertThat(json(report)).containsEntry("complete", true);
        nothingOfShop(report);
    }

    private void tokenOpensItsOwnProject() {
        String token = server.token(stranger, "\"read\",\"export\",\"erase\",\"admin\"");
        for (String path : List.of("", "/timeline", "/events", "/export")) {
            notThere(server.as(token, "GET", "/api/sessions/" + session + path, ""));
        }
        notThere(server.as(token, "DELETE", "/api/sessions/" + session, ""));
    }

    private void tokensOfAnotherStay() {
        String token = server.token(owner, "\"read\"");
        Object id = json(server.get("/api/tokens", owner), "items", 0, "id");
        notThere(server.as(stranger, "DELETE", "/api/tokens/" + id, ""));
        assertThat(server.as(token, "GET", "/api/me", "").statusCode()).isEqualTo(200);
    }

    private static void refused(String method, String path, String body) {
        HttpResponse<byte[]> answer = server.as(stranger, method, path, body);
        assertThat(answer.statusCode()).isEqualTo(403);
        nothingOfShop(answer);
    }

    private void passwordOpensItsOwnProject() {
        assertThat(server.login("shop", OTHER_PASSWORD).statusCode()).isEqualTo(401);
        assertThat(server.login("p_shop", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(project(server.cookie("other", OTHER_PASSWORD))).isEqualTo("p_other");
    }

    private void logoutEndsOwnLogin() {
        String second = server.cookie("other", OTHER_PASSWORD);
        server.send(server.to("/api/logout")
                .header("Cookie", second)
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-CSRF-Token", csrfToken(second))
                .POST(BodyPublishers.noBody()));
        assertThat(server.get("/api/me", second).statusCode()).isEqualTo(401);
        assertThat(project(stranger)).isEqualTo("p_other");
    }

    private void registeringChangesNoOther() {
        HttpResponse<byte[]> name = register("p_mine", "shop", OTHER_PASSWORD);
        assertThat(name.statusCode()).isEqualTo(409);
        nothingOfShop(name);
        HttpResponse<byte[]> id = register("p_shop", "mine", OTHER_PASSWORD);
        assertThat(id.statusCode()).isEqualTo(409);
        assertThat(server.login("shop", PASSWORD).statusCode()).isEqualTo(204);
        assertThat(server.mimic()
                        .projects()
                        .byId("p_shop")
                        .orElseThrow()
                        .origins()
                        .all())
                .containsExactly("https://shop.example");
    }

    /** With the other's token in the body and in cookies of both projects' names, and with the other's page. */
    private void batchJoinsNoSessionOfAnother() {
        assertThat(batch("p_shop", "https://other.example", PAGE, 1, ownersToken)
                        .statusCode())
                .isEqualTo(403);
        assertThat(batch("p_other", "https://shop.example", PAGE, 1, ownersToken)
                        .statusCode())
                .isEqualTo(403);
        assertThat(batch("p_nobody", "https://other.example", PAGE, 1, ownersToken)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<byte[]> answer = batch("p_other", "https://other.example", PAGE, 1, ownersToken);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer)).containsEntry("created", true);
        UUID own = UUID.fromString((String) json(answer).get("session"));
        assertThat(server.mimic().sessions().exists("p_shop", own)).isFalse();
    }

    private void preflightSaysNothing() {
        HttpResponse<byte[]> known = preflight("https://other.example");
        assertThat(known.statusCode()).isEqualTo(204);
        nothingOfShop(known);
        HttpResponse<byte[]> unknown = preflight("https://evil.example");
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        nothingOfShop(unknown);
    }

    private static HttpResponse<byte[]> preflight(String origin) {
        return server.send(server.to("/ingest")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static HttpResponse<byte[]> batch(String project, String origin, String page, int seq, String token) {
        String body = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"w-12345678\",\"page\":\"" + page
                + "\",\"seq\":" + seq + ",\"sentAt\":" + System.currentTimeMillis() + ",\"token\":\"" + token
                + "\",\"events\":[]}";
        return server.send(server.to("/ingest")
                .header("Content-Type", "text/plain")
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "cross-site")
                .header("Cookie", "mimic_session_p_other=" + token + "; mimic_session_p_shop=" + token)
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<byte[]> register(String id, String name, String password) {
        return server.send(server.to("/api/projects")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer token")
                .POST(BodyPublishers.ofString("{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"password\":\""
                        + password + "\",\"origins\":[\"https://other.example\"]}")));
    }

    private static HttpResponse<byte[]> erase(String cookie) {
        return server.send(server.to("/api/sessions/" + session)
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-CSRF-Token", csrfToken(cookie))
                .DELETE());
    }

    private static HttpResponse<byte[]> html(String path, String cookie) {
        return server.send(server.to(path).header("Accept", "text/html").header("Cookie", cookie + ";"));
    }

    private static HttpResponse<byte[]> list(String cookie, String query) {
        HttpResponse<byte[]> answer = server.get("/api/sessions" + query, cookie);
        assertThat(answer.statusCode()).as(query).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<byte[]> below(String path) {
        return server.get("/api/sessions/" + session + path, stranger);
    }

    private static String csrfToken(String cookie) {
        return (String) json(server.get("/api/me", cookie)).get("csrfToken");
    }

    private static String project(String cookie) {
        return String.valueOf(((Map<?, ?>) json(server.get("/api/me", cookie)).get("project")).get("id"));
    }

    private static void notThere(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        nothingOfShop(answer);
    }

    private static void nothingOfShop(HttpResponse<byte[]> answer) {
        String whole = answer.headers().map() + text(answer);
        assertThat(whole).doesNotContain(session.toString(), "p_shop", "shop.example", ownersToken);
    }
}
