package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.OTHER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static io.mimic.dashboard.DashboardServer.VIEWER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.ConfigException;
import io.mimic.MimicSetting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a change proves that it was meant. Who may call what stands in {@link AuthorisationMatrixTest}. */
class AccessControlTest {
    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static String admin;
    private static String viewer;
    private static String other;
    private static UUID session;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, Clock.systemUTC());
        admin = server.cookie("shop", PASSWORD);
        viewer = server.cookie("shop", VIEWER_PASSWORD);
        other = server.cookie("other", OTHER_PASSWORD);
        session = server.record("p_shop", 3);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aViewerIsToldWhatIsMissing() {
        HttpResponse<byte[]> refused = server.as(viewer, "DELETE", "/api/sessions/" + session, "");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(text(refused)).contains("viewer", "erase", "project's own password");
        assertThat(server.get("/api/sessions/" + session, admin).statusCode()).isEqualTo(200);
        assertThat(json(server.get("/api/me", viewer)))
                .containsEntry("role", "viewer")
                .containsEntry("rights", List.of("read"))
                .containsEntry("server", false);
        assertThat(json(server.get("/api/me", admin)))
                .containsEntry("rights", List.of("read", "export", "erase", "admin"))
                .containsEntry("server", true);
        assertThat(json(server.get("/api/me", other))).containsEntry("server", false);
    }

    @Test
    void aBrowsersChangeNeedsTheLoginsOwnToken() {
        String right = (String) json(server.get("/api/me", admin)).get("csrfToken");
        String anothers = (String) json(server.get("/api/me", viewer)).get("csrfToken");

        assertThat(change("same-origin", null)).isEqualTo(403);
        assertThat(change("same-origin", "")).isEqualTo(403);
        assertThat(change("same-origin", anothers)).isEqualTo(403);
        assertThat(change("same-origin", right.substring(1) + "A")).isEqualTo(403);
        assertThat(change("cross-site", right)).isEqualTo(403);
        assertThat(change("same-site", right)).isEqualTo(403);
        assertThat(change("same-origin", right)).isEqualTo(204);
    }

    @Test
    void logoutFromABrowserNeedsItTooAndATokenNeedsNone() {
        String cookie = server.cookie("shop", PASSWORD);
        HttpResponse<byte[]> refused = server.send(server.to("/api/logout")
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.noBody()));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(server.get("/api/me", cookie).statusCode()).isEqualTo(200);

        String token = server.token(admin, "\"admin\"");
        HttpResponse<byte[]> byToken = server.send(server.to("/api/tokens/none")
                .header("Authorization", "Bearer " + token)
                .header("Sec-Fetch-Site", "same-origin")
                .DELETE());
        assertThat(byToken.statusCode()).isEqualTo(404);
    }

    @Test
    void anotherPasswordEndsAllLoginsAndRevokesTheTokens() {
        Map<String, Object> made = json(server.as(admin, "POST", "/api/admin/projects", "{\"name\":\"ended\"}"));
        String first = server.cookie("ended", (String) made.get("password"));
        String second = server.cookie("ended", (String) made.get("password"));
        assertThat(server.get("/api/me", first).statusCode()).isEqualTo(200);
        String token = server.token(first, "\"read\"");
        assertThat(server.as(token, "GET", "/api/me", "").statusCode()).isEqualTo(200);

        HttpResponse<byte[]> changed = server.as(
                first, "PATCH", "/api/admin/projects/" + made.get("id"), "{\"password\":\"quite-an0ther-one\"}");

        assertThat(changed.statusCode()).isEqualTo(204);
        assertThat(server.get("/api/me", first).statusCode()).isEqualTo(401);
        assertThat(server.get("/api/me", second).statusCode()).isEqualTo(401);
        assertThat(server.as(token, "GET", "/api/me", "").statusCode()).isEqualTo(401);
        String third = server.cookie("ended", "quite-an0ther-one");
        assertThat(text(server.get("/api/tokens", third))).isEqualTo("{\"items\":[]}");
        assertThat(text(server.get("/api/access-log?action=password-changed", third)))
                .contains("logins ended, tokens revoked");
    }

    @Test
    void aBearerTokenOfTheHostsOwnDoesNotHideTheLogin() {
        HttpResponse<byte[]> answer = server.send(
                server.to("/api/me").header("Cookie", admin).header("Authorization", "Bearer eyJhbGciOi.host.own"));
        assertThat(answer.statusCode()).isEqualTo(200);

        String revoked = server.token(admin, "\"read\"");
        server.as(admin, "DELETE", "/api/tokens/" + json(server.get("/api/tokens", admin), "items", 0, "id"), "");
        HttpResponse<byte[]> withCookie =
                server.send(server.to("/api/me").header("Cookie", admin).header("Authorization", "Bearer " + revoked));
        assertThat(withCookie.statusCode()).as("a token that is none any more").isEqualTo(401);
        assertThat(withCookie.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer");
    }

    @Test
    void theLoginsCookieIsSecureOnHttpsAndOtherHostsAreRefused(@TempDir Path other) throws Exception {
        try (DashboardServer https = new DashboardServer(
                other,
                Clock.systemUTC(),
                config -> config.with(MimicSetting.PUBLIC_URL, "https://mimic.example.org/shop")
                        .with(MimicSetting.DASHBOARD_HOSTS, List.of("127.0.0.1")))) {
            assertThat(https.login("shop", PASSWORD)
                            .headers()
                            .firstValue("Set-Cookie")
                            .orElseThrow())
                    .endsWith("; HttpOnly; SameSite=Strict; Secure");
            String port = https.origin().substring(https.origin().lastIndexOf(':'));
            for (String path : List.of("/api/me", "/api/login", "/", "/assets/app-abc123.js", "/player")) {
                HttpResponse<byte[]> answer =
                        https.send(HttpRequest.newBuilder(URI.create("http://localhost" + port + "/shop/mimic" + path))
                                .header("Accept", "text/html"));
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
            }
            assertThat(https.send(HttpRequest.newBuilder(
                                    URI.create("http://localhost" + port + "/shop/mimic/api/health")))
                            .statusCode())
                    .as("no part of the dashboard")
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://mimic.example.org", "a b", "*", "mimic.example.org/x", ":8080"})
    void aHostThatIsNoNameIsTold(String wrong) {
        assertThatThrownBy(() -> new AllowedHosts(List.of(wrong)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mimic.dashboard.hosts")
                .hasMessageContaining(wrong);
    }

    private static int change(String site, @Nullable String token) {
        var request = server.to("/api/admin/projects/p_shop")
                .header("Cookie", admin)
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", site)
                .method("PATCH", BodyPublishers.ofString("{}"));
        if (token != null) {
            request.header("X-CSRF-Token", token);
        }
        return server.send(request).statusCode();
    }
}
