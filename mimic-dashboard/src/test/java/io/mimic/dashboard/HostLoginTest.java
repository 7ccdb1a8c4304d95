package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.MimicSetting;
import io.mimic.servlet.MimicDashboardFilter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container's own login (BASIC) decides who sees the dashboard; no path of MIMIC is under a constraint of the container. */
class HostLoginTest {
    private static final Map<String, List<String>> USERS = Map.of(
            "anna", List.of("MIMIC_VIEWER"),
            "root", List.of("MIMIC_ADMIN", "MIMIC_VIEWER:other"),
            "otto", List.of("MIMIC_ADMIN:other"),
            "carl", List.of("clerk"));

    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static UUID session;
    private static UUID others;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(
                folder,
                Clock.systemUTC(),
                config -> config.with(MimicSetting.DASHBOARD_AUTH, MimicSetting.DashboardAuth.HOST),
                HostLoginTest::logIn);
        session = server.record("p_shop", 2);
        others = server.record("p_other", 2);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void openingAPageAsksTheContainersWay() {
        HttpResponse<byte[]> asked = server.send(server.to("/sessions/abc").header("Accept", "text/html"));
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");

        HttpResponse<byte[]> page = server.send(as("anna", "/sessions/abc").header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page)).startsWith("<!doctype html>");
    }

    @Test
    void whoIsUnknownOrHasNoRoleIsToldWhatIsMissing() {
        HttpResponse<byte[]> unknown = server.get("/api/me", "");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(text(unknown)).contains("Not logged in to the application", "mimic.dashboard.auth=host");
        HttpResponse<byte[]> stranger = server.send(as("carl", "/api/me"));
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(text(stranger)).contains("carl", "MIMIC_VIEWER", "MIMIC_ADMIN");
    }

    @Test
    void aViewerWatchesAndAnAdminErases() {
        HttpResponse<byte[]> me = server.send(as("anna", "/api/me"));
        assertThat(json(me))
                .containsEntry("role", "viewer")
                .containsEntry("login", "host")
                .containsEntry("server", false);
        assertThat(server.send(as("anna", "/api/sessions/" + session)).statusCode())
                .isEqualTo(200);
        assertThat(server.send(as("anna", "/api/sessions/" + others)).statusCode())
                .isEqualTo(404);
        HttpResponse<byte[]> refused =
                server.send(as("anna", "/api/sessions/" + session).DELETE());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(text(refused)).contains("mimic.dashboard.admin-role");

        UUID gone = server.record("p_shop", 1);
        assertThat(server.send(as("root", "/api/sessions/" + gone).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(text(server.send(as("root", "/api/access-log?action=erase"))))
                .contains("\"kind\":\"host\",\"actor\":\"root\"", gone.toString());
    }

    @Test
    void aRoleWithAProjectsNameOpensThatProjectAlone() {
        HttpResponse<byte[]> otto = server.send(as("otto", "/api/me"));
        assertThat(json(otto, "project", "id")).isEqualTo("p_other");
        assertThat(json(otto)).containsEntry("role", "admin").containsEntry("server", false);
        assertThat(server.send(as("otto", "/api/sessions/" + session)).statusCode())
                .isEqualTo(404);

        HttpResponse<byte[]> root = server.send(as("root", "/api/me"));
        assertThat(json(root, "project", "id")).isEqualTo("p_shop");
        assertThat((List<?>) json(root, "projects")).hasSize(2);
        HttpResponse<byte[]> chosen = choose("root", "p_other", cookie(root));
        assertThat(chosen.statusCode()).isEqualTo(204);
        HttpResponse<byte[]> now = server.send(as("root", "/api/me").header("Cookie", cookie(chosen)));
        assertThat(json(now, "project", "id")).isEqualTo("p_other");
        assertThat(json(now)).containsEntry("role", "viewer").containsEntry("csrfToken", json(root, "csrfToken"));

        assertThat(choose("anna", "p_other", cookie(root)).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> anna = server.send(as("anna", "/api/me").header("Cookie", cookie(chosen)));
        assertThat(json(anna, "project", "id")).as("what another has chosen").isEqualTo("p_shop");
    }

    @Test
    void aBrowsersChangeNeedsTheTokenThatItsCookieGoesWith() {
        HttpResponse<byte[]> me = server.send(as("root", "/api/me"));
        String token = (String) json(me, "csrfToken");
        String path = "/api/sessions/" + UUID.randomUUID();

        assertThat(erase(path, cookie(me), token)).isEqualTo(404);
        assertThat(erase(path, cookie(me), "A".repeat(43))).isEqualTo(403);
        assertThat(erase(path, "", token)).isEqualTo(403);
        assertThat(erase(path, cookie(server.send(as("root", "/api/me"))), token))
                .isEqualTo(403);
    }

    @Test
    void passwordsAndTheirCookiesOpenNothing() throws Exception {
        assertThat(server.login("shop", DashboardServer.PASSWORD).statusCode()).isEqualTo(409);
        String login = server.mimic()
                .logins()
                .begin(server.mimic()
                        .projects()
                        .login("shop", DashboardServer.PASSWORD, "192.0.2.1")
                        .orElseThrow())
                .orElseThrow();
        assertThat(server.get("/api/me", "mimic_dashboard=" + login).statusCode())
                .isEqualTo(401);
    }

    private static int erase(String path, String cookie, String token) {
        HttpRequest.Builder request = as("root", path)
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-CSRF-Token", token)
                .DELETE();
        return server.send(cookie.isEmpty() ? request : request.header("Cookie", cookie))
                .statusCode();
    }

    private static HttpResponse<byte[]> choose(String user, String project, String cookie) {
        return server.send(as(user, "/api/project")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"project\":\"" + project + "\"}")));
    }

    private static String cookie(HttpResponse<byte[]> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static HttpRequest.Builder as(String user, String path) {
        String credentials = user + ":kettle";
        return server.to(path)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private static void logIn(Context context) {
        context.setRealm(new Users());
        context.setLoginConfig(new LoginConfig("BASIC", "host", null, null));
        context.setPreemptiveAuthentication(true);
        context.getPipeline().addValve(new BasicAuthenticator());
        FilterDef filter = new FilterDef();
        filter.setFilterName("dashboard");
        filter.setFilterClass(MimicDashboardFilter.class.getName());
        context.addFilterDef(filter);
        FilterMap all = new FilterMap();
        all.setFilterName("dashboard");
        all.addURLPattern("/*");
        context.addFilterMap(all);
    }

    private static final class Users extends RealmBase {
        @Override
        protected String getPassword(String user) {
            return USERS.containsKey(user) ? "kettle" : null;
        }

        @Override
        protected java.security.Principal getPrincipal(String user) {
            return new GenericPrincipal(user, USERS.getOrDefault(user, List.of()));
        }
    }
}
