package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.OTHER_PASSWORD;
import static io.mimic.dashboard.DashboardServer.PASSWORD;
import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.archive.s3.CuttingProxy;
import io.mimic.archive.s3.S3Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The six faults that ended or opened the service that MIMIC replaces, one after the other against one server: each is answered rightly, and after each the
 * host's page, ingest and dashboard are as before.
 */
@Tag("servers")
class SixFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static final ShiftedClock CLOCK = new ShiftedClock();
    private static S3Server s3;
    private static CuttingProxy link;
    private static DashboardServer server;
    private static UUID session;
    private static String cookie;

    @BeforeAll
    static void start() throws Exception {
        s3 = S3Server.start();
        link = CuttingProxy.to(s3.port());
        Path location = Files.writeString(folder.resolve("places.mmdb"), "no database at all");
        server = new DashboardServer(folder, CLOCK, config -> config(config, location));
        Path page = Files.writeString(folder.resolve("page.html"), "<!doctype html><title>Host</title>");
        assertThat(page).exists();
        cookie = server.cookie("shop", PASSWORD);
        session = server.record("p_shop", 2);
    }

    private static MimicConfig config(MimicConfig config, Path location) {
        return config.with(MimicSetting.SINGLE_NODE, true)
                .with(MimicSetting.LOCATION_DATABASE, location.toString())
                .with(MimicSetting.ARCHIVE, MimicSetting.ArchiveKind.S3)
                .with(MimicSetting.S3_ENDPOINT, link.endpoint())
                .with(MimicSetting.S3_REGION, "us-east-1")
                .with(MimicSetting.S3_BUCKET, "mimic-" + UUID.randomUUID())
                .with(MimicSetting.S3_ACCESS_KEY, s3.accessKey())
                .with(MimicSetting.S3_SECRET_KEY, s3.secretKey())
                .with(MimicSetting.S3_RETRIES, 0);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        link.close();
        s3.close();
    }

    /** The process lives, and everything that worked before works. */
    @AfterEach
    void everythingGoesOn() throws Exception {
        HttpResponse<String> host = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.origin() + "/shop/page.html"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(host.statusCode()).isEqualTo(200);
        assertThat(host.body()).contains("<title>Host</title>");
        assertThat(server.login("shop", PASSWORD).statusCode()).isEqualTo(204);
        assertThat(server.post("/ingest", batch("p_shop", "")).statusCode()).isEqualTo(202);
        assertThat(server.get("/api/sessions/" + session + "/events", cookie).statusCode())
                .isEqualTo(200);
    }

    @Test
    void wrongPasswordIsRefused() {
        for (String[] wrong : new String[][] {
            {"shop", "wrong-password-1"}, {"shop", OTHER_PASSWORD}, {"nobody", PASSWORD}, {"shop", PASSWORD + "\\u0000"}
        }) {
            HttpResponse<byte[]> answer = server.login(wrong[0], wrong[1]);
            assertThat(answer.statusCode()).as(String.join(" ", wrong)).isEqualTo(401);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(text(answer)).contains("The project or the password is wrong.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"../../etc/passwd\"",
                "\"p_shop' OR '1'='1\"",
                "\"p_shop\\u0000\"",
                "\"p_shop\\r\\nSet-Cookie: a=b\"",
                "\"\\ud800\"",
                "\"ünïcödé\"",
                "\"123e4567 e89b\"",
                "\"LONG\"",
                "17",
                "null",
                "true",
                "{}",
                "[\"p_shop\"]"
            })
    void malformedProjectIdIsRefused(String id) {
        String written = id.replace("LONG", "x".repeat(5_000));
        HttpResponse<byte[]> batch = server.post("/ingest", batch("p_shop", "").replace("\"p_shop\"", written));
        assertThat(batch.statusCode()).as(text(batch)).isIn(400, 403);
        assertThat(text(batch)).doesNotContain("\tat ", "Exception").hasSizeLessThan(500);

        HttpResponse<byte[]> registered = server.as(
                "token",
                "POST",
                "/api/projects",
                "{\"id\":" + written + ",\"name\":\"malformed\",\"password\":\"" + PASSWORD + "x\"}");
        boolean none = id.equals("\"\"") || id.equals("null");
        assertThat(registered.statusCode()).as(text(registered)).isIn(none ? List.of(201, 409) : List.of(400));
        assertThat(server.get("/api/admin/projects/%27%20OR%201=1/removal", cookie)
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "1e400", "null", "true", "{}", "{\"$ne\":null}", "[\"shop\"]", "\"\"", "\"LONG\""})
    void loginFieldThatIsNoTextIsRefused(String value) {
        String written = value.replace("LONG", "x".repeat(5_000));
        for (String body : List.of(
                "{\"project\":" + written + ",\"password\":\"" + PASSWORD + "\"}",
                "{\"project\":\"shop\",\"password\":" + written + "}")) {
            HttpResponse<byte[]> answer = server.post("/api/login", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(text(answer)).containsAnyOf("member project must be", "member password must be", "JSON");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void withoutTheLocationServiceTheTimeZoneTellsTheCountry() {
        HttpResponse<byte[]> answer = server.post("/ingest", batch("p_shop", ",\"timeZone\":\"Europe/Vienna\""));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(202);
        String id = (String) json(answer).get("session");

        await().atMost(LONG)
                .until(() -> server.get("/api/sessions/" + id, cookie).statusCode() == 200);
        assertThat(json(server.get("/api/sessions/" + id, cookie))).containsEntry("countryCode", "AT");
    }

    @Test
    void withoutS3AtArchiveTimeNothingIsLostAndNothingStops() throws Exception {
        UUID recorded = server.record("p_shop", 4);
        String before = text(server.get("/api/sessions/" + recorded + "/events", cookie));
        link.refuse();
        try {
            CLOCK.shift(Duration.ofMinutes(1));
            await().atMost(LONG).until(() -> !server.mimic().health().archive().up());
            assertThat(server.get("/api/health", "").statusCode()).isEqualTo(503);
            assertThat(json(server.get("/api/sessions/" + recorded, cookie))).containsEntry("state", "active");
            assertThat(text(server.get("/api/sessions/" + recorded + "/events", cookie)))
                    .isEqualTo(before);
            everythingGoesOn();
        } finally {
            link.accept();
        }
        await().atMost(LONG).until(() -> {
            // an attempt that failed is repeated after some seconds of this clock
            CLOCK.shift(Duration.ofSeconds(1));
            return "ended"
                    .equals(json(server.get("/api/sessions/" + recorded, cookie))
                            .get("state"));
        });
        assertThat(text(server.get("/api/sessions/" + recorded + "/events", cookie)))
                .isEqualTo(before);
        await().atMost(LONG).until(() -> server.get("/api/health", "").statusCode() == 200);
    }

    /** The original gave 301 sessions of one project in one answer of 92 MB to a token of another. */
    @Test
    void tokenOfAnotherProjectOpensNothing() {
        String stranger = server.cookie("other", OTHER_PASSWORD);
        String token = server.token(stranger, "\"read\",\"export\",\"erase\",\"admin\"");
        for (String who : List.of(stranger, token)) {
            for (String path : List.of("", "/timeline", "/events", "/export")) {
                HttpResponse<byte[]> answer = server.get("/api/sessions/" + session + path, "");
                assertThat(answer.statusCode()).isEqualTo(401);
                HttpResponse<byte[]> strangers = server.as(who, "GET", "/api/sessions/" + session + path, "");
                assertThat(strangers.statusCode()).as(path).isEqualTo(404);
                assertThat(new String(strangers.body(), StandardCharsets.UTF_8)).doesNotContain("shop.example");
            }
            HttpResponse<byte[]> list =
                    server.as(who, "GET", "/api/sessions?limit=200&project=p_shop&q=" + session, "");
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat((List<?>) json(list).get("items")).isEmpty();
            assertThat(server.as(who, "DELETE", "/api/sessions/" + session, "").statusCode())
                    .isEqualTo(404);
        }
    }

    private static String batch(String project, String meta) {
        return "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"w-12345678\",\"page\":\""
                + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":"
                + CLOCK.millis() + ",\"meta\":{\"url\":\"https://shop.example/\"" + meta + "},\"events\":[]}";
    }
}
