package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.Mimic;
import io.mimic.project.Right;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Boot webapp whose Spring Security decides who sees the dashboard: form login, CSRF protection on. */
class HostLoginTest {
    private static final String ERASE = "/mimic/api/sessions/" + UUID.randomUUID();

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext host;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeAll
    static void start() {
        SpringApplication application = new SpringApplication(Host.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "mimic.data-dir", folder.toString(),
                "mimic.project.name", "shop",
                "mimic.dashboard.auth", "host"));
        host = application.run();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> host.getBean(Mimic.class).projects().own().isPresent());
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void sharedLinkLeadsThroughTheHostsLoginToItsMoment() throws Exception {
        HttpResponse<String> stopped = open("/mimic/sessions/abc?t=55");
        assertThat(stopped.headers().firstValue("Location").orElse("")).endsWith("/login");

        HttpResponse<String> landed = logIn("anna");
        assertThat(landed.headers().firstValue("Location").orElse("")).contains("/mimic/sessions/abc?t=55");

        HttpResponse<String> page = open("/mimic/sessions/abc?t=55");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'");
    }

    @Test
    void rolesOfTheHostSayWhoMayWhat() throws Exception {
        logIn("anna");
        assertThat(api("GET", "/mimic/api/me", "").body())
                .contains("\"login\":\"host\"", "\"role\":\"viewer\"", "\"name\":\"anna\"", "\"rights\":[\"read\"]")
                .contains("\"server\":false");
        assertThat(api("GET", "/mimic/api/sessions", "").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = api("GET", "/mimic/api/access-log", "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("mimic.dashboard.admin-role");

        logIn("root");
        assertThat(api("GET", "/mimic/api/me", "").body()).contains("\"role\":\"admin\"", "\"server\":true");
        assertThat(api("GET", "/mimic/api/access-log", "").body())
                .contains("\"kind\":\"host\"", "\"actor\":\"root\"", "\"action\":\"login\"");

        logIn("carl");
        HttpResponse<String> stranger = api("GET", "/mimic/api/me", "");
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(stranger.body()).contains("No role for the dashboard", "carl", "MIMIC_VIEWER");
    }

    @Test
    void changesNeedMimicsTokenAndNotTheHosts() throws Exception {
        logIn("root");
        String token = csrfToken(api("GET", "/mimic/api/me", ""));

        assertThat(api("DELETE", ERASE, token).body()).contains("No such session");
        assertThat(api("DELETE", ERASE, "").body()).contains("CSRF token missing");
        assertThat(api("DELETE", ERASE, "A".repeat(43)).body()).contains("CSRF token missing");
        HttpResponse<String> foreign = browser.send(
                request(ERASE)
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("X-CSRF-Token", token)
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(foreign.body()).contains("Request from another site");
        assertThat(api("POST", "/order", "").statusCode())
                .as("the host's own protection")
                .isEqualTo(403);
    }

    @Test
    void whoIsNotLoggedInGetsNothingButTheRecorder() throws Exception {
        for (String path :
                new String[] {"/mimic/", "/mimic/settings", "/mimic/api/me", "/mimic/api/sessions", "/page"}) {
            assertThat(open(path).statusCode()).as(path).isIn(302, 401);
        }
        assertThat(api("DELETE", ERASE, "").statusCode()).isIn(302, 401);
        assertThat(open("/mimic/recorder.js").statusCode()).isEqualTo(200);
        assertThat(open("/mimic/api/health").body()).contains("\"UP\"");
        assertThat(api("POST", "/mimic/ingest", "").statusCode()).isEqualTo(400);
        HttpResponse<String> login =
                api("POST", "/mimic/api/login", "", "{\"project\":\"shop\",\"password\":\"whatever it is\"}");
        assertThat(login.statusCode()).isEqualTo(409);
        assertThat(login.body()).contains("mimic.dashboard.auth=host");
    }

    @Test
    void scriptsComeWithTheirTokensAsEver() throws Exception {
        Mimic mimic = host.getBean(Mimic.class);
        String project = mimic.projects().own().orElseThrow().id();
        String secret = mimic.apiTokens()
                .make(project, "nightly", Set.of(Right.READ), "test", Duration.ofDays(1))
                .orElseThrow()
                .secret();

        HttpResponse<String> me = browser.send(
                request("/mimic/api/me")
                        .header("Authorization", "Bearer " + secret)
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
        assertThat(me.body()).contains("\"login\":\"token\"", "\"name\":\"nightly\"");
    }

    private HttpResponse<String> logIn(String user) throws Exception {
        String page = open("/login").body();
        Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        String form = "username=" + user + "&password=kettle&_csrf="
                + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        return browser.send(
                request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> open(String path) throws Exception {
        return browser.send(
                request(path).header("Accept", "text/html,*/*;q=0.8").build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> api(String method, String path, String csrfToken) throws Exception {
        return api(method, path, csrfToken, "");
    }

    private HttpResponse<String> api(String method, String path, String csrfToken, String json) throws Exception {
        HttpRequest.Builder request = request(path)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .method(method, BodyPublishers.ofString(json));
        if (!csrfToken.isEmpty()) {
            request.header("X-CSRF-Token", csrfToken);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String csrfToken(HttpResponse<String> me) {
        Matcher token = Pattern.compile("\"csrfToken\":\"([^\"]+)\"").matcher(me.body());
        assertThat(token.find()).as(me.body()).isTrue();
        return token.group(1);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + host.getEnvironment().getProperty("local.server.port") + path))
                .timeout(Duration.ofSeconds(60));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Host {
        @GetMapping("/page")
        String page() {
            return "Hi";
        }

        @PostMapping("/order")
        String order() {
            return "Ordered";
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    user("anna", "MIMIC_VIEWER"), user("root", "MIMIC_ADMIN"), user("carl", "CLERK"));
        }

        private static org.springframework.security.core.userdetails.UserDetails user(String name, String role) {
            return User.withUsername(name).password("{noop}kettle").roles(role).build();
        }
    }
}
