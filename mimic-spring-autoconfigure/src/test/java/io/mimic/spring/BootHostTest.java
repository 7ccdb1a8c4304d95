package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.Mimic;
import io.mimic.MimicSetting;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Boot webapp that added the one dependency. */
class BootHostTest {
    private static final String PAGE = "<!doctype html><html><head><title>Shop</title></head><body>Hi</body></html>";

    /** Spring Security is there for other tests. */
    private static final String OPEN =
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration";

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext host;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        SpringApplication application = new SpringApplication(Host.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "server.servlet.context-path", "/shop",
                "mimic.data-dir", folder.toString(),
                "spring.autoconfigure.exclude", OPEN,
                "mimic.session.maxDuration", "2h",
                "mimic.project.password", "correct horse"));
        host = application.run();
        await().until(() -> host.getBean(Mimic.class).health().up());
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void pageGetsTheRecordersTag() throws Exception {
        HttpResponse<String> page = get("/shop/page");

        assertThat(page.body())
                .startsWith("<!doctype html><html><head><script src=\"/shop/mimic/recorder.js?v=")
                .contains("data-mimic-project=\"", " defer></script><title>Shop");
        assertThat(page.body().replaceAll("<script src.*?</script>", "")).isEqualTo(PAGE);
        assertThat(page.headers().firstValueAsLong("Content-Length"))
                .hasValue(page.body().length());
    }

    @Test
    void batchIsTakenAndSessionCookieBelongsToTheHostsPath() throws Exception {
        String id = host.getBean(Mimic.class).projects().own().orElseThrow().id();
        String batch = "{\"v\":1,\"project\":\"" + id + "\",\"window\":\"abcdefgh\",\"page\":\""
                + "0123456789abcdef0123456789abcdef\",\"seq\":0,\"sentAt\":" + System.currentTimeMillis()
                + ",\"meta\":{\"url\":\"http://localhost/\"},\"events\":[{\"type\":4,\"timestamp\":"
                + System.currentTimeMillis() + ",\"data\":{\"href\":\"http://localhost/\",\"width\":1,\"height\":1}}]}";

        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(uri("/shop/mimic/ingest"))
                        .header("Content-Type", "application/json")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.ofString(batch))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).contains("\"created\":true");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("mimic_session_" + id.substring(0, 8) + "=")
                .contains("; Path=/shop;", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
    }

    @Test
    void healthIsPublicAndSaysUp() throws Exception {
        assertThat(get("/shop/mimic/api/health").body()).startsWith("{\"status\":\"UP\"");
    }

    @Test
    void hostStartsWithAFileThatCannotBeReadAndIsToldWhereMimicWasToBe(@TempDir Path classes) throws Exception {
        Files.writeString(classes.resolve("mimic.properties"), "mimic.data-dir=C:\\users\\mimic\n");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader app = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(app);
            try (ConfigurableApplicationContext broken = broken(Map.of("mimic.path", "/replay"))) {
                assertThat(get(broken, "/page").body()).isEqualTo(PAGE);
                assertThat(get(broken, "/replay/api/health").statusCode()).isEqualTo(503);
                assertThat(get(broken, "/replay/api/health").body())
                        .contains("The server's log says why")
                        .doesNotContain("Malformed", "users");
                assertThat(broken.getBean(MimicStart.class).problem())
                        .contains("mimic.properties", "Malformed", "a backslash is written twice");
                assertThat(get(broken, "/mimic/own").body()).isEqualTo("the host's");
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void hostStartsWithWrongValuesAndIsToldEach() throws Exception {
        Map<String, Object> wrong = Map.of(
                "mimic.enabled", "maybe",
                "mimic.data-dir", "a\u0000b",
                "mimic.secret", "${NOPE}",
                "mimic.sampling", "${mimic.sampling}",
                "mimic.project.id", "my shop!");
        try (ConfigurableApplicationContext broken = broken(wrong)) {
            assertThat(get(broken, "/page").body()).isEqualTo(PAGE);
            assertThat(get(broken, "/mimic/api/health").statusCode()).isEqualTo(503);
            assertThat(get(broken, "/mimic/api/health").body()).contains(wrong.keySet());
            MimicStart start = broken.getBean(MimicStart.class);
            assertThat(HealthReport.of(start.mimic(), start.problem()).details())
                    .containsEntry("reason", start.problem());
        }
    }

    @Test
    void valueThatIsNotUnderstoodDoesNotSwitchOffSilently() {
        MockEnvironment environment = new MockEnvironment().withProperty("mimic.enabled", "maybe");
        assertThat(SpringSettings.readable(environment).get(MimicSetting.ENABLED))
                .isTrue();
        environment.setProperty("mimic.enabled", "FALSE");
        assertThat(SpringSettings.readable(environment).get(MimicSetting.ENABLED))
                .isFalse();
    }

    private static ConfigurableApplicationContext broken(Map<String, Object> settings) {
        return new SpringApplicationBuilder(Host.class)
                .properties(
                        Map.of("server.port", "0", "server.address", "127.0.0.1", "spring.autoconfigure.exclude", OPEN))
                .properties(settings)
                .run();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext host, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + host.getEnvironment().getProperty("local.server.port") + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + host.getEnvironment().getProperty("local.server.port") + path);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Host {
        @GetMapping(path = "/page", produces = "text/html;charset=utf-8")
        String page() {
            return PAGE;
        }

        @GetMapping("/mimic/own")
        String own() {
            return "the host's";
        }
    }
}
