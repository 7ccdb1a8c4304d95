package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.startup.Tomcat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of a webapp that has lost them since. */
class AssetsApiTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 7};
    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>";

    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    @TempDir
    static Path folder;

    private static DashboardServer server;
    private static String admin;
    private static UUID session;
    private static List<?> items;

    @BeforeAll
    static void recordAndDelete() throws Exception {
        server = new DashboardServer(folder, Clock.systemUTC(), config -> config, context -> {
            Tomcat.addServlet(context, "answers", new Answers());
            context.addServletMappingDecoded("/z/*", "answers");
        });
        visit("/shop/z/avatar?size=2");
        visit("/shop/z/logout");
        Path png = Files.write(folder.resolve("a.png"), PNG);
        Path svg = Files.writeString(folder.resolve("b.svg"), SVG);
        session = Pictures.record(
                server,
                "/shop/a.png",
                "/shop/b.svg",
                "/shop/missing.png",
                "/shop/z/avatar?size=2",
                "/shop/z/logout",
                "/shop/z/unseen");
        admin = server.cookie("shop", DashboardServer.PASSWORD);
        server.ended(admin, session);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Pictures.of(server, session, admin).size() == 3);
        items = Pictures.of(server, session, admin);
        Files.delete(png);
        Files.delete(svg);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void keptFilesAreAnsweredWithoutTheApp() {
        HttpResponse<byte[]> png = asset(0, admin);
        assertThat(png.statusCode()).isEqualTo(200);
        assertThat(png.body()).isEqualTo(PNG);
        assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(png.headers().firstValue("Cache-Control")).contains("private, max-age=31536000, immutable");
        assertThat(items.stream().map(item -> String.valueOf(((Map<?, ?>) item).get("url"))))
                .containsExactly(
                        server.origin() + "/shop/a.png",
                        server.origin() + "/shop/b.svg",
                        server.origin() + "/shop/z/avatar?size=2");
    }

    @Test
    void pathThatDoesNotTellIsAskedForOnlyWhenTheAppAnsweredAVisitorWithAPicture() {
        assertThat(asset(2, admin).body()).isEqualTo(PNG);
        assertThat(ASKED).containsExactlyInAnyOrder("/avatar visitor", "/logout visitor", "/avatar MIMIC");
    }

    @Test
    void nothingInOneCanRunWhenItIsOpenedByItsAddress() {
        HttpResponse<byte[]> svg = asset(1, admin);
        assertThat(new String(svg.body(), StandardCharsets.UTF_8)).isEqualTo(SVG);
        assertThat(svg.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "sandbox")
                        .doesNotContain("allow-", "unsafe"));
        assertThat(svg.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(svg.headers().firstValue("Content-Disposition")).contains("attachment");
    }

    @Test
    void severalAreAnsweredTogether() {
        String path = "/api/sessions/" + session + "/assets?sha256=";
        String both = sha256(0) + "," + sha256(1) + "," + "0".repeat(64);
        List<?> together = (List<?>) json(server.get(path + both, admin)).get("items");
        assertThat(together)
                .hasSize(2)
                .allSatisfy(item -> assertThat(Base64.getDecoder().decode((String) ((Map<?, ?>) item).get("content")))
                        .isEqualTo(
                                Pictures.sha256(item).equals(sha256(0)) ? PNG : SVG.getBytes(StandardCharsets.UTF_8)));
        assertThat(server.get(path + both, admin).headers().firstValue("Cache-Control"))
                .as("one may come yet")
                .contains("no-store");
        HttpResponse<byte[]> twice = server.get(path + sha256(0) + "," + sha256(0), admin);
        assertThat((List<?>) json(twice).get("items")).hasSize(1);
        assertThat(twice.headers().firstValue("Cache-Control")).contains("private, max-age=31536000, immutable");
        String other = server.cookie("other", DashboardServer.OTHER_PASSWORD);
        UUID plain = server.record("p_shop", 1);
        assertThat(server.get(path + both, other).statusCode()).isEqualTo(404);
        assertThat((List<?>) json(server.get("/api/sessions/" + plain + "/assets?sha256=" + both, admin))
                        .get("items"))
                .isEmpty();
        for (String wrong : List.of("x", sha256(0) + ",", sha256(0) + ("," + sha256(0)).repeat(16))) {
            HttpResponse<byte[]> refused = server.get(path + wrong, admin);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("sha256", "up to 16 hashes");
        }
    }

    @Test
    void onlyTheProjectAndOnlyThatSessionShowThem() {
        String other = server.cookie("other", DashboardServer.OTHER_PASSWORD);
        String viewer = server.cookie("shop", DashboardServer.VIEWER_PASSWORD);
        UUID plain = server.record("p_shop", 1);
        assertThat(asset(0, "").statusCode()).isEqualTo(401);
        assertThat(asset(0, other).statusCode()).isEqualTo(404);
        assertThat(asset(0, viewer).statusCode()).isEqualTo(200);
        assertThat(server.get("/api/sessions/" + plain + "/assets/" + sha256(0), admin)
                        .statusCode())
                .isEqualTo(404);
        assertThat(Pictures.of(server, plain, admin)).isEmpty();
        assertThat(server.get("/api/sessions/" + session + "/assets", other).statusCode())
                .isEqualTo(404);
        for (String wrong : List.of("0".repeat(64), "x", sha256(0) + "0")) {
            assertThat(server.get("/api/sessions/" + session + "/assets/" + wrong, admin)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static void visit(String path) throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.origin() + path))
                                .header("User-Agent", "visitor")
                                .build(),
                        BodyHandlers.discarding());
    }

    /** Of the host: pictures under an address that does not say so, and pages that do something. */
    private static final class Answers extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ASKED.add(request.getPathInfo() + " "
                    + request.getHeader("User-Agent").split("/")[0]);
            response.setContentType(request.getPathInfo().equals("/logout") ? "text/html" : "image/png");
            response.getOutputStream().write(PNG);
        }
    }

    private static String sha256(int item) {
        return Pictures.sha256(items.get(item));
    }

    private static HttpResponse<byte[]> asset(int item, String with) {
        return server.get("/api/sessions/" + session + "/assets/" + sha256(item), with);
    }
}
