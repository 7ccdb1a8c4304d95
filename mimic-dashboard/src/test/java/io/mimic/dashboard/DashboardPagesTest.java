package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardPagesTest {
    private static final String ID = "01980000-0000-7000-8000-000000000000";

    @TempDir
    static Path folder;

    private static DashboardServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new DashboardServer(folder, Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?a=b",
                "/login",
                "/settings",
                "/sessions/" + ID,
                "/sessions/" + ID + "?t=12",
                "/sessions/" + ID + "/errors/3"
            })
    void aBrowserThatNavigatesGetsThePage(String path) {
        HttpResponse<byte[]> answer = page(path, "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(text(answer)).contains("<base href=\"/shop/mimic/\">").doesNotContain("__MIMIC_BASE__");
    }

    @Test
    void theLookOfTheApplicationIsTheOneThatItsOwnResourcesHold() {
        HttpResponse<byte[]> answer = server.send(server.to("/theme.css"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/css");
        assertThat(text(answer)).contains("--mimic-accent: rebeccapurple");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/sessions/" + ID, "/settings"})
    void whoeverDoesNotNavigateGetsNoPage(String path) {
        assertThat(page(path, "*/*").statusCode()).isEqualTo(404);
        assertThat(page(path, "application/json").statusCode()).isEqualTo(404);
        assertThat(server.send(server.to(path).header("Accept", "text/html").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sessions",
                "/sessions/",
                "/nothing",
                "/index.html",
                "/player.html",
                "/assets/missing.js",
                "/assets/",
                "/assets",
                "/assets/app-abc123.js.gz",
                "/assets/app-abc123.js.br",
                "/META-INF/MANIFEST.MF",
                "/sessions/a%2fb",
                "/sessions/a/errors/x",
                "/assets/%2e%2e/index.html",
                "/favicon.svg/x",
                "/login/x",
                "/sessions/%3Cscript%3E"
            })
    void everythingElseIsNotFound(String path) {
        HttpResponse<byte[]> answer = page(path, "text/html");

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(text(answer)).doesNotContain("<title>MIMIC</title>");
    }

    @Test
    void pagesHaveAPolicyWithoutAnythingUnsafe() {
        var headers = page("/", "text/html").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .isEqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                                + "connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void thePlayersDocumentLetsNoRequestLeave() {
        HttpResponse<byte[]> answer = page("/player", "text/html");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .isEqualTo("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; "
                        + "img-src data: blob:; font-src data: blob:; media-src data: blob:; form-action 'none'; "
                        + "base-uri 'none'; frame-ancestors 'self'");
        assertThat(text(answer)).contains("Recorded page");
    }

    @Test
    void theMountWithoutASlashLeadsToThePage() {
        HttpResponse<byte[]> answer = page("", "text/html");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/shop/mimic/");
    }

    @Test
    void filesWithAHashInTheirNameAreKeptForEver() {
        HttpResponse<byte[]> answer = page("/assets/app-abc123.js", "*/*");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("console.log(\"app\");");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(page("/favicon.svg", "*/*")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElseThrow())
                .doesNotContain("immutable");
    }

    @Test
    void precompressedFilesAreSentToWhoTakesThem() {
        assertThat(text(asset("br, gzip"))).isEqualTo("not really brotli");
        assertThat(asset("br, gzip").headers().firstValue("Content-Encoding")).contains("br");
        assertThat(text(asset("gzip"))).isEqualTo("not really gzip");
        assertThat(text(asset("gzip;q=0, br;q=0"))).startsWith("console");
        assertThat(asset("gzip").headers().firstValue("Vary")).contains("Accept-Encoding");
    }

    private static HttpResponse<byte[]> asset(String encodings) {
        return server.send(server.to("/assets/app-abc123.js").header("Accept-Encoding", encodings));
    }

    private static HttpResponse<byte[]> page(String path, String accept) {
        return server.send(server.to(path).header("Accept", accept));
    }
}
