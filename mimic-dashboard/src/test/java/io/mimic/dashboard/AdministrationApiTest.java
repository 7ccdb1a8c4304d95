package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.OTHER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static io.mimic.dashboard.DashboardServer.VIEWER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrationApiTest {
    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static String admin;
    private static String other;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, Clock.systemUTC());
        admin = server.cookie("shop", PASSWORD);
        other = server.cookie("other", OTHER_PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Nested
    class Tokens {
        @Test
        void aSecretIsShownOnceAndItsUseIsTold() {
            HttpResponse<byte[]> made = make("\"read\",\"export\"", 30);
            String secret = (String) json(made).get("secret");

            assertThat(made.statusCode()).isEqualTo(201);
            assertThat(text(server.get("/api/tokens", admin)))
                    .doesNotContain(secret)
                    .contains("\"usedAt\":null");
            assertThat(json(server.as(secret, "GET", "/api/me", "")))
                    .containsEntry("role", "token")
                    .containsEntry("name", "nightly")
                    .containsEntry("rights", List.of("read", "export"))
                    .containsEntry("csrfToken", null);
            assertThat(json(server.get("/api/tokens", admin), "items", 0, "usedAt"))
                    .isNotNull();
            assertThat(text(server.get("/api/tokens", other))).isEqualTo("{\"items\":[]}");
        }

        @Test
        void aRevokedTokenEndsAtOnce() {
            Map<String, Object> made = json(make("\"read\"", 1));
            String secret = (String) made.get("secret");
            String path = "/api/tokens/" + made.get("id");

            assertThat(server.as(other, "DELETE", path, "").statusCode()).isEqualTo(404);
            assertThat(server.as(admin, "DELETE", path, "").statusCode()).isEqualTo(204);
            assertThat(server.as(secret, "GET", "/api/sessions", "").statusCode())
                    .isEqualTo(401);
        }

        @Test
        void nobodyGivesAwayMoreThanTheyHave() {
            String secret = (String) json(make("\"admin\"", 1)).get("secret");
            HttpResponse<byte[]> refused =
                    server.as(secret, "POST", "/api/tokens", "{\"name\":\"x\",\"rights\":[\"erase\"],\"days\":1}");

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(text(refused)).contains("erase");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"name\":\"\",\"rights\":[\"read\"],\"days\":1}",
                    "{\"name\":\"a\\u0000\",\"rights\":[\"read\"],\"days\":1}",
                    "{\"name\":\"x\",\"rights\":[],\"days\":1}",
                    "{\"name\":\"x\",\"rights\":[\"root\"],\"days\":1}",
                    "{\"name\":\"x\",\"rights\":\"read\",\"days\":1}",
                    "{\"name\":\"x\",\"rights\":[\"read\"],\"days\":0}",
                    "{\"name\":\"x\",\"rights\":[\"read\"],\"days\":367}",
                    "{\"name\":\"x\",\"rights\":[\"read\"],\"days\":\"1\"}",
                    "{\"name\":\"x\",\"rights\":[\"read\"]}"
                })
        void whatIsWrongIsNamed(String body) {
            HttpResponse<byte[]> answer = server.as(admin, "POST", "/api/tokens", body);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(text(answer)).contains("member");
        }

        private HttpResponse<byte[]> make(String rights, int days) {
            return server.as(
                    admin,
                    "POST",
                    "/api/tokens",
                    "{\"name\":\"nightly\",\"rights\":[" + rights + "],\"days\":" + days + "}");
        }
    }

    @Nested
    class AccessLog {
        @Test
        void tellsWhoLookedAtExportedAndErasedWhat() {
            UUID session = server.record("p_shop", 1);
            String viewer = server.cookie("shop", VIEWER_PASSWORD);
            String token = server.token(admin, "\"export\",\"erase\"");
            server.get("/api/sessions/" + session, viewer);
            server.get("/api/sessions/" + session + "/timeline", viewer);
            server.get("/api/sessions/" + session + "/events", viewer);
            for (String format : List.of("har", "har", "html")) {
                server.as(token, "GET", "/api/sessions/" + session + "/export?format=" + format, "");
            }
            server.as(token, "DELETE", "/api/sessions/" + session, "");

            List<?> lines = (List<?>) json(server.get("/api/access-log?session=" + session, admin), "items");
            assertThat(lines)
                    .extracting(line -> {
                        Map<?, ?> row = (Map<?, ?>) line;
                        return row.get("kind") + " " + row.get("actor") + " " + row.get("action") + " "
                                + row.get("outcome") + " " + row.get("address");
                    })
                    .containsExactly(
                            "token script erase erased 127.0.0.1",
                            "token script export as html 127.0.0.1",
                            "token script export as har 127.0.0.1",
                            "token script export as har 127.0.0.1",
                            "viewer null view null 127.0.0.1");
            assertThat(text(server.get("/api/access-log?session=" + session, other)))
                    .contains("\"items\":[]");
        }

        @Test
        void tellsThatATokenReadTheListAndWhoAskedOfWhom() {
            UUID session = server.record("p_shop", 1);
            String made = "{\"name\":\"lister\",\"rights\":[\"read\",\"erase\"],\"days\":1}";
            String token = (String) json(server.as(admin, "POST", "/api/tokens", made), "secret");
            server.as(token, "GET", "/api/sessions", "");
            server.as(token, "GET", "/api/sessions?user=ada", "");
            server.as(token, "GET", "/api/erasures?user=carol@example.org", "");
            server.as(token, "GET", "/api/sessions/" + session + "/assets", "");
            server.get("/api/sessions", admin);

            assertThat(actions("action=list").stream().filter(line -> line.startsWith("token lister")))
                    .satisfiesExactly(
                            asked -> assertThat(asked).matches("token lister list hmac:[0-9a-f]{16}"),
                            read -> assertThat(read).isEqualTo("token lister list null"));
            assertThat(actions("person=carol@example.org")).hasSize(1);
            assertThat(actions("person=dave@example.org")).isEmpty();
            assertThat(actions("session=" + session)).containsExactly("token lister view " + session);
        }

        private List<String> actions(String query) {
            List<String> lines = new ArrayList<>();
            for (Object line : (List<?>) json(server.get("/api/access-log?" + query, admin), "items")) {
                Map<?, ?> row = (Map<?, ?>) line;
                lines.add(row.get("kind") + " " + row.get("actor") + " " + row.get("action") + " " + row.get("target"));
            }
            return lines;
        }

        @Test
        void isReadPageByPage() {
            for (int i = 0; i < 5; i++) {
                server.cookie("shop", PASSWORD);
            }
            List<Object> ids = new ArrayList<>();
            Object cursor = "";
            while (cursor != null) {
                HttpResponse<byte[]> page = server.get(
                        "/api/access-log?action=login&limit=2" + (cursor.equals("") ? "" : "&cursor=" + cursor), admin);
                List<?> items = (List<?>) json(page, "items");
                assertThat(items).hasSizeLessThanOrEqualTo(2);
                items.forEach(item -> ids.add(((Map<?, ?>) item).get("id")));
                cursor = json(page, "next");
            }
            assertThat(ids).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
        }

        @Test
        void refusedLoginsAreTold() {
            server.login("other", "guess-number-1");
            server.login("other", "guess-number-2");

            assertThat(text(server.get("/api/access-log?action=login-refused", other)))
                    .contains("\"kind\":\"nobody\"", "\"outcome\":\"2 times\"");
            server.login("other", OTHER_PASSWORD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"action=look", "limit=0", "limit=201", "cursor=forged", "cursor=%00", "session=a&person=b"})
        void whatIsWrongIsNamed(String query) {
            assertThat(server.get("/api/access-log?" + query, admin).statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    class Erasures {
        @Test
        void byUserSayFirstWhatAndThenWhatCameOfIt() {
            UUID first = server.record("p_other", 1, "other.example", "ada@example.org", "");
            UUID second = server.record("p_other", 1, "other.example", "ada@example.org", "");
            UUID left = server.record("p_other", 1, "other.example", "bob@example.org", "");
            server.ended(other, first, second, left);

            assertThat(json(server.get("/api/erasures?user=ada@example.org", other)))
                    .containsEntry("sessions", 2)
                    .containsEntry("more", false);
            HttpResponse<byte[]> report = server.as(other, "POST", "/api/erasures", "{\"user\":\"ada@example.org\"}");

            assertThat(json(report)).containsEntry("complete", true).containsEntry("failed", List.of());
            assertThat((List<?>) json(report, "erased"))
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder(first.toString(), second.toString());
            assertThat(server.get("/api/sessions/" + first, other).statusCode()).isEqualTo(404);
            assertThat(server.get("/api/sessions/" + left, other).statusCode()).isEqualTo(200);
            assertThat(text(server.get("/api/access-log?action=erase-user&person=ada@example.org", other)))
                    .contains("\"outcome\":\"2 sessions\"")
                    .doesNotContain("ada");
        }

        @Test
        void byIpAddress() {
            UUID session = server.record("p_other", 1);
            String ip = (String) json(server.get("/api/sessions/" + session, other), "ip");
            assertThat(json(server.get("/api/erasures?ip=192.0.2.250", other))).containsEntry("sessions", 0);
            int sessions = (int) json(server.get("/api/erasures?ip=" + ip, other), "sessions");
            assertThat(sessions).isPositive();

            // however the address is written, it is the same visitor's
            String mapped = "::FFFF:" + ip;
            assertThat(json(server.get("/api/erasures?ip=" + mapped, other))).containsEntry("sessions", sessions);
            Map<String, Object> report = json(server.as(other, "POST", "/api/erasures", "{\"ip\":\"" + mapped + "\"}"));
            assertThat(report).containsEntry("complete", true);
            // what came just now is in the buffer, or in an object since
            assertThat((int) report.get("batches") + (int) report.get("objects"))
                    .isPositive();
            assertThat(text(server.get("/api/access-log?action=erase-ip&person=" + ip, other)))
                    .contains("\"target\":\"hmac:");
            assertThat(server.get("/api/sessions/" + session, other).statusCode())
                    .isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"user\":\"a\",\"ip\":\"b\"}", "{\"user\":5}", "{\"user\":\"\"}"})
        void needOneOfTheTwo(String body) {
            assertThat(server.as(other, "POST", "/api/erasures", body).statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    class Projects {
        @Test
        void areMadeChangedAndRemovedByTheServersAdmin() {
            Map<String, Object> made = json(server.as(admin, "POST", "/api/admin/projects", "{\"name\":\"kiosk\"}"));
            String path = "/api/admin/projects/" + made.get("id");
            assertThat((String) made.get("password")).hasSize(20);
            String body = "{\"name\":\"Kiosk Oslo\",\"viewerPassword\":\"look-but-no-touch\","
                    + "\"origins\":[\"https://kiosk.example.org\"]}";
            assertThat(server.as(admin, "PATCH", path, body).statusCode()).isEqualTo(204);
            assertThat(server.login("Kiosk Oslo", "look-but-no-touch").statusCode())
                    .isEqualTo(204);
            assertThat(text(server.get("/api/admin/projects", admin)))
                    .contains("\"name\":\"Kiosk Oslo\"", "\"viewerPassword\":true", "https://kiosk.example.org");
            UUID session =
                    server.record((String) made.get("id"), 1, "kiosk.example.org", "", "https://kiosk.example.org");

            assertThat(json(server.get(path + "/removal", admin)))
                    .containsEntry("name", "Kiosk Oslo")
                    .containsEntry("sessions", 1)
                    .containsEntry("tokens", 0);
            assertThat(server.as(admin, "POST", path + "/removal", "{\"confirm\":\"kiosk\"}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(server.as(admin, "POST", path + "/removal", "{\"confirm\":\"Kiosk Oslo\"}")
                            .statusCode())
                    .isEqualTo(202);

            assertThat(server.login("Kiosk Oslo", "look-but-no-touch").statusCode())
                    .isEqualTo(401);
            assertThat(text(server.get("/api/admin/projects", admin)))
                    .contains("\"going\":[{\"id\":\"" + made.get("id"));
            assertThat(text(server.get("/api/access-log?limit=200", admin)))
                    .contains("project-made", "project-removed", "Kiosk Oslo");
            assertThat(session).isNotNull();
        }

        @Test
        void anotherAdminSeesAndChangesTheOneAlone() {
            assertThat((List<?>) json(server.get("/api/admin/projects", other), "items"))
                    .hasSize(1);
            assertThat(server.as(other, "PATCH", "/api/admin/projects/p_other", "{\"origins\":[]}")
                            .statusCode())
                    .isEqualTo(204);
        }

        @Test
        void whatASettingDecidesIsRefusedWithItsName() {
            String path = "/api/admin/projects/p_shop";
            for (String body : List.of(
                    "{\"name\":\"new\"}", "{\"password\":\"quite-an0ther-one\"}", "{\"viewerPassword\":null}")) {
                HttpResponse<byte[]> refused = server.as(admin, "PATCH", path, body);
                assertThat(refused.statusCode()).isEqualTo(409);
                assertThat(text(refused)).contains("mimic.project.");
            }
            assertThat(server.as(admin, "POST", path + "/removal", "{\"confirm\":\"shop\"}")
                            .statusCode())
                    .isEqualTo(409);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"name\":\" \"}",
                    "{\"password\":\"short\"}",
                    "{\"password\":null}",
                    "{\"viewerPassword\":5}",
                    "{\"origins\":[\"no origin\"]}",
                    "{\"origins\":\"https://example.org\"}"
                })
        void whatIsWrongIsNamed(String body) {
            assertThat(server.as(admin, "PATCH", "/api/admin/projects/p_other", body)
                            .statusCode())
                    .isEqualTo(400);
        }

        @Test
        void aNameIsTakenOnce() {
            assertThat(server.as(admin, "POST", "/api/admin/projects", "{\"name\":\"other\"}")
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void settingsAreShownAsTheyAreInForceWithoutSecrets() {
        String settings = text(server.get("/api/settings", admin));

        assertThat(settings)
                .contains("\"name\":\"mimic.privacy\",\"value\":\"inputs\",\"set\":false")
                .contains("\"name\":\"mimic.retention\",\"value\":\"30d\"")
                .contains("\"name\":\"mimic.dashboard.auth\",\"value\":\"password\"")
                .doesNotContain(PASSWORD, VIEWER_PASSWORD, "project.password", "viewer-password", "mimic.secret");
    }

    @Test
    void storageSumsUpTheProject() {
        server.record("p_shop", 1);

        assertThat((int) json(server.get("/api/storage", admin), "sessions")).isPositive();
        assertThat(json(server.get("/api/storage", admin))).containsEntry("maxBytes", 0);
    }
}
