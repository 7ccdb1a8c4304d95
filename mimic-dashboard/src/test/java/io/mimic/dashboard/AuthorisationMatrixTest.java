package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.OTHER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static io.mimic.dashboard.DashboardServer.VIEWER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.project.ApiToken;
import io.mimic.project.RegistrationException;
import io.mimic.project.Right;
import io.mimic.servlet.AllRoutes;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route × everyone who may ask, with the answer that each is due. A route that is not in the table fails {@link #everyRouteIsInTheTable}. */
class AuthorisationMatrixTest {
    /** Columns: unknown; viewer; another project's; tokens to read, export, erase, administer; admin. */
    private static final String TABLE = """
            GET     /recorder.js                      200  200  200   200 200 200 200  200
            GET     /vitals.js                        200  200  200   200 200 200 200  200
            GET     /canvas.js                        200  200  200   200 200 200 200  200
            GET     /player                           200  200  200   200 200 200 200  200
            GET     /**                               200  200  200   200 200 200 200  200
            GET     /api/health                       200  200  200   200 200 200 200  200
            GET     /api/openapi.json                 200  200  200   200 200 200 200  200
            OPTIONS /ingest                           403  403  403   403 403 403 403  403
            POST    /ingest                           202  202  202   202 202 202 202  202
            POST    /api/projects                     403  403  403   403 403 403 403  403
            POST    /api/login                        204  204  204   204 204 204 204  204
            POST    /api/logout                       204  204  204   204 204 204 204  204
            POST    /api/project                      401  409  409   409 403 403 403  409
            GET     /api/me                           401  200  200   200 200 200 200  200
            GET     /api/overview                     401  200  200   200 403 403 403  200
            GET     /api/sessions                     401  200  200   200 403 403 403  200
            GET     /api/sessions/{id}                401  200  404   200 403 403 403  200
            GET     /api/sessions/{id}/timeline       401  200  404   200 403 403 403  200
            GET     /api/sessions/{id}/events         401  200  404   200 403 403 403  200
            GET     /api/sessions/{id}/assets         401  200  404   200 403 403 403  200
            GET     /api/sessions/{id}/assets/{sha256} 401 200  404   200 403 403 403  200
            GET     /api/sessions/{id}/export         401  403  404   403 200 403 403  200
            DELETE  /api/sessions/{id}                401  403  404   403 403 204 403  204
            GET     /api/erasures                     401  403  200   403 403 200 403  200
            POST    /api/erasures                     401  403  200   403 403 200 403  200
            GET     /api/settings                     401  200  200   200 403 403 403  200
            GET     /api/storage                      401  200  200   200 403 403 403  200
            GET     /api/access-log                   401  403  200   403 403 403 200  200
            GET     /api/tokens                       401  403  200   403 403 403 200  200
            POST    /api/tokens                       401  403  201   403 403 403 201  201
            DELETE  /api/tokens/{id}                  401  403  404   403 403 403 204  204
            GET     /api/admin/health                 401  403  403   403 403 403 200  200
            GET     /api/admin/projects               401  403  200   403 403 403 200  200
            POST    /api/admin/projects               401  403  403   403 403 403 201  201
            PATCH   /api/admin/projects/{id}          401  403  403   403 403 403 204  204
            GET     /api/admin/projects/{id}/removal  401  403  403   403 403 403 200  200
            POST    /api/admin/projects/{id}/removal  401  403  403   403 403 403 202  202
            """;

    private static final List<String> COLUMNS =
            List.of("unknown", "viewer", "other", "read", "export", "erase", "administer", "admin");
    private static final ShiftedClock CLOCK = new ShiftedClock();
    private static final Map<String, List<String>> ASKING = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static UUID session;
    private static String picture;
    private static Subject project;
    private static int made;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, CLOCK);
        ASKING.put("unknown", unknown());
        String other = server.cookie("other", OTHER_PASSWORD);
        String admin = server.cookie("shop", PASSWORD);
        for (String right : List.of("read", "export", "erase")) {
            ASKING.put(right, List.of(server.token(admin, "\"" + right + "\"")));
        }
        ASKING.put("administer", List.of(server.token(admin, "\"admin\"")));
        String othersToken = server.token(other, "\"read\",\"export\",\"erase\",\"admin\"");
        ASKING.put("other", List.of(other, othersToken));
        logIn();
        Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 7});
        session = Pictures.record(server, "/shop/a.png");
        CLOCK.shift(Duration.ofSeconds(20)); // so that it has ended
        server.ended(admin, session);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Pictures.of(server, session, admin).size() == 1);
        picture = Pictures.sha256(Pictures.of(server, session, admin).get(0));
    }

    @AfterAll
    static void stop() throws Exception {
        ASKING.clear();
        server.close();
    }

    /** Everything that looks like a login or a token, and is none, or none any more. */
    private static List<String> unknown() {
        String ended = server.cookie("shop", PASSWORD);
        server.as(ended, "POST", "/api/logout", "");
        String old = server.cookie("shop", PASSWORD);
        String tokenPastItsTime = server.token(old, "\"read\",\"export\",\"erase\",\"admin\"");
        for (int used = 0; used < 8; used++) {
            CLOCK.shift(Duration.ofMinutes(100));
            assertThat(server.get("/api/me", old).statusCode()).isEqualTo(used < 7 ? 200 : 401);
        }
        CLOCK.shift(Duration.ofDays(8));
        String idle = server.cookie("shop", PASSWORD);
        CLOCK.shift(Duration.ofMinutes(121));
        String live = server.cookie("shop", PASSWORD);
        String liveToken = server.token(live, "\"admin\"");
        String revoked = server.token(live, "\"read\",\"export\",\"erase\",\"admin\"");
        server.as(live, "DELETE", "/api/tokens/" + json(server.get("/api/tokens", live), "items", 0, "id"), "");
        return List.of(
                "",
                "mimic_dashboard=",
                "mimic_dashboard=" + "A".repeat(43),
                "mimic_dashboard=" + changed(live.substring(live.indexOf('=') + 1)),
                "mimic_dashboard=" + liveToken,
                "mimic_dashboard=" + visitorsToken(),
                "mimic_" + "A".repeat(43),
                "mimic_" + changed(liveToken.substring("mimic_".length())),
                "mimic_" + live.substring(live.indexOf('=') + 1),
                ended,
                old,
                idle,
                revoked,
                tokenPastItsTime);
    }

    private static String changed(String secret) {
        return (secret.startsWith("A") ? "B" : "A") + secret.substring(1);
    }

    /** What a recorded visitor's browser holds. */
    private static String visitorsToken() {
        String set = server.post("/ingest", batch())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    }

    private static void logIn() {
        List<String> others = ASKING.get("other");
        ASKING.put("other", List.of(server.cookie("other", OTHER_PASSWORD), others.get(others.size() - 1)));
        ASKING.put("viewer", List.of(server.cookie("shop", VIEWER_PASSWORD)));
        ASKING.put("admin", List.of(server.cookie("shop", PASSWORD)));
    }

    static List<String> rows() {
        return TABLE.lines().toList();
    }

    @Test
    void everyRouteIsInTheTable() {
        assertThat(rows().stream().map(row -> String.join(" ", Arrays.copyOf(row.split(" +"), 2))))
                .containsExactlyInAnyOrderElementsOf(AllRoutes.of(server.mimic()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyoneGetsWhatIsDue(String row) throws RegistrationException {
        String[] cells = row.split(" +");
        for (int column = 0; column < COLUMNS.size(); column++) {
            int due = Integer.parseInt(cells[column + 2]);
            for (String who : ASKING.get(COLUMNS.get(column))) {
                if (cells[1].equals("/api/projects")) {
                    CLOCK.shift(Duration.ofMinutes(1)); // who guesses tokens faster is asked to wait
                }
                Subject subject = subject(cells[0], cells[1]);
                String path = path(cells[1], subject);
                HttpResponse<byte[]> answer =
                        server.as(who, cells[0], query(path), body(cells[0] + " " + cells[1], subject));

                String asked = cells[0] + " " + path + " as " + COLUMNS.get(column) + " " + who + ": " + text(answer);
                assertThat(answer.statusCode()).as(asked).isEqualTo(due);
                assertThat(subject.there()).as(asked).isEqualTo(due >= 400 || !subject.goes());
                if (due >= 400) {
                    assertThat(text(answer)).as(asked).doesNotContain("shop.example", "\tat ");
                }
                if (cells[0].equals("GET")) {
                    HttpResponse<byte[]> head = server.as(who, "HEAD", query(path), "");
                    assertThat(head.statusCode()).as("HEAD, " + asked).isEqualTo(due);
                }
            }
            if (cells[1].startsWith("/api/log")) {
                logIn();
            }
        }
    }

    private static String path(String pattern, Subject subject) {
        return pattern.replace("{id}", subject.id())
                .replace("{sha256}", picture)
                .replace("/**", "/");
    }

    private static String query(String path) {
        return path.equals("/api/erasures") ? path + "?user=nobody" : path;
    }

    private static String body(String route, Subject subject) {
        made++;
        return switch (route) {
            case "POST /ingest" -> batch();
            case "POST /api/projects" ->
                "{\"id\":\"p_" + made + "\",\"name\":\"made-" + made + "\",\"password\":\"" + PASSWORD + "\"}";
            case "POST /api/login" -> "{\"project\":\"shop\",\"password\":\"" + PASSWORD + "\"}";
            case "POST /api/erasures" -> "{\"user\":\"nobody\"}";
            case "POST /api/tokens" -> "{\"name\":\"made\",\"rights\":[\"admin\"],\"days\":1}";
            case "POST /api/admin/projects" -> "{\"name\":\"made-" + made + "\"}";
            case "PATCH /api/admin/projects/{id}" -> "{\"origins\":[]}";
            case "POST /api/admin/projects/{id}/removal" -> "{\"confirm\":\"" + subject.name() + "\"}";
            default -> "";
        };
    }

    private static String batch() {
        return "{\"v\":1,\"project\":\"p_shop\",\"window\":\"w-12345678\",\"page\":\""
                + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":"
                + System.currentTimeMillis() + ",\"meta\":{\"url\":\"https://shop.example/\"},\"events\":[]}";
    }

    /**
     * Something of the shop's that a route is about.
     *
     * @param goes whether the route takes it away
     */
    private record Subject(String id, String name, boolean goes, BooleanSupplier still) {
        boolean there() {
            return still.getAsBoolean();
        }
    }

    private static Subject subject(String method, String route) throws RegistrationException {
        boolean goes = method.equals("DELETE") || route.endsWith("removal") && method.equals("POST");
        if (route.startsWith("/api/tokens/")) {
            return token(goes);
        }
        if (route.startsWith("/api/admin/projects/")) {
            return project(goes);
        }
        UUID id = goes && route.startsWith("/api/sessions/") ? server.record("p_shop", 1) : session;
        return new Subject(
                id.toString(), "", goes, () -> server.mimic().sessions().exists("p_shop", id));
    }

    private static Subject token(boolean goes) {
        server.mimic().apiTokens().list("p_shop").stream()
                .filter(token -> token.name().equals("subject"))
                .forEach(token -> server.mimic().apiTokens().revoke("p_shop", token.id()));
        ApiToken token = server.mimic()
                .apiTokens()
                .make("p_shop", "subject", Set.of(Right.READ), "test", Duration.ofDays(1))
                .orElseThrow()
                .token();
        return new Subject(
                token.id(),
                "subject",
                goes,
                () -> server.mimic().apiTokens().list("p_shop").stream()
                        .anyMatch(known -> known.id().equals(token.id())));
    }

    /** The one before as long as it is there: each has a password, whose hash takes long. */
    private static Subject project(boolean goes) throws RegistrationException {
        if (project == null || !project.there()) {
            String name = "subject-" + made++;
            String id =
                    server.mimic().projectChanges().make(name, null).project().id();
            project = new Subject(
                    id,
                    name,
                    false,
                    () -> server.mimic().projectChanges().list().stream()
                            .anyMatch(known -> known.project().id().equals(id)));
        }
        return new Subject(project.id(), project.name(), goes, project.still());
    }

    /** Every path that any method has, and some that look as if they changed something. */
    @Test
    void noGetChangesAnything() throws Exception {
        String admin = ASKING.get("admin").get(0);
        Set<String> paths = new LinkedHashSet<>(List.of(
                "/logout",
                "/?logout=true",
                "/api/erasures?ip=127.0.0.1",
                "/api/sessions/" + session + "/export?format=html",
                "/api/sessions/" + session + "?_method=DELETE"));
        for (String row : rows()) {
            String[] cells = row.split(" +");
            paths.add(query(path(cells[1], subject("GET", cells[1]))));
        }
        server.get("/api/erasures?user=nobody", admin); // which makes the access log's key
        List<String> before = kept();
        assertThat(before).anyMatch(line -> line.contains(session.toString())).anyMatch(line -> line.contains(picture));

        for (String path : paths) {
            assertThat(server.get(path, admin).statusCode()).as(path).isIn(200, 404, 405);
        }

        assertThat(kept()).containsExactlyElementsOf(before);
        assertThat(server.get("/api/me", admin).statusCode()).isEqualTo(200);
    }

    /**
     * All that the stores' tables keep but the access log, when something was used last, and what goes on by itself: removals, the housekeeper's lease.
     * Of sessions, the one that has ended.
     */
    private static List<String> kept() throws Exception {
        List<String> lines = new ArrayList<>();
        try (var all = Files.walk(folder.resolve("data"))) {
            Path file = all.filter(path -> path.toString().endsWith("mimic.db"))
                    .findFirst()
                    .orElseThrow();
            try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                    ResultSet tables =
                            database.getMetaData().getTables(null, null, "mimic_%", new String[] {"TABLE"})) {
                while (tables.next()) {
                    String table = tables.getString("TABLE_NAME");
                    if (!Set.of("mimic_access", "mimic_removal").contains(table)) {
                        lines.addAll(rows(database, table));
                    }
                }
            }
        }
        lines.removeIf(line -> line.startsWith("mimic_setting name=housekeeper"));
        Collections.sort(lines);
        return lines;
    }

    private static List<String> rows(Connection database, String table) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                StringBuilder line = new StringBuilder(table);
                boolean ofAnother = false;
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String column = rows.getMetaData().getColumnName(i);
                    String value = rows.getString(i);
                    ofAnother |= column.equals("session") && !session.toString().equals(value);
                    if (!Set.of("seen_at", "used_at").contains(column)) {
                        line.append(' ').append(column).append('=').append(value);
                    }
                }
                if (!ofAnother) {
                    lines.add(line.toString());
                }
            }
        }
        return lines;
    }

    @Test
    void adminOfAnotherProjectAdministersThatOneAlone() {
        String other = ASKING.get("other").get(0);

        assertThat(server.as(other, "PATCH", "/api/admin/projects/p_other", "{\"origins\":[]}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.as(other, "GET", "/api/admin/projects/p_other/removal", "")
                        .statusCode())
                .isEqualTo(403);
    }

    /** A change that another site makes a browser ask for is refused, whoever the browser's user is. */
    @ParameterizedTest
    @MethodSource("rows")
    void noChangeIsMadeForAnotherSite(String row) throws RegistrationException {
        String[] cells = row.split(" +");
        if (cells[0].equals("GET") || cells[0].equals("OPTIONS")) {
            return;
        }
        for (String column : List.of("viewer", "other", "admin")) {
            String who = ASKING.get(column).get(0);
            Subject subject = subject(cells[0], cells[1]);
            HttpResponse<byte[]> answer = server.send(server.to(cells[1].replace("{id}", subject.id()))
                    .header("Cookie", who)
                    .header("Sec-Fetch-Site", "cross-site")
                    .header("Origin", "https://evil.example")
                    .header("Content-Type", "application/json")
                    .method(cells[0], BodyPublishers.ofString(body(cells[0] + " " + cells[1], subject))));

            assertThat(answer.statusCode()).as(row + " as " + column).isEqualTo(403);
            assertThat(subject.there()).as(row + " as " + column).isTrue();
        }
    }
}
