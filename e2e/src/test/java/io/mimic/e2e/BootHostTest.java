package io.mimic.e2e;

import static io.mimic.e2e.Hosting.Login.BOOTS_OWN;
import static io.mimic.e2e.Hosting.Login.FORM_AND_DASHBOARD;
import static io.mimic.e2e.Hosting.Login.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An app with pages, JPA and a database of its own, Spring Security and Actuator, on Spring Boot 3.5 and 4.0, in processes of their own:
 * its pages are recorded, its dashboard answers, and what it refuses stays refused. Two ways to run it have everything between them; those that bring
 * any two choices together are tagged {@code long}, and some of them run alone by a part of their name ({@code -Dhosting="4.0.7, FORM"}).
 */
class BootHostTest {
    private static final Pattern TAG = Pattern.compile(
            "<script src=\"([^\"]*)/mimic/recorder\\.js(\\?v=[^\"]*)\"[^>]*data-mimic-project=\"([^\"]*)\"");

    @TempDir
    Path work;

    static Stream<Hosting> usual() {
        return Hosting.BOOTS.stream()
                .flatMap(boot -> Stream.of(
                        new Hosting(boot, FORM_AND_DASHBOARD, Hosting.Place.ROOT, true),
                        new Hosting(boot, TOKENS, Hosting.Place.NGINX, false)));
    }

    /** Of login, place, Spring Boot, and Actuator apart or not, any two that can come together. */
    static Stream<Hosting> pairs() {
        return Arrays.stream(Hosting.Login.values())
                .flatMap(login -> Arrays.stream(Hosting.Place.values()).map(place -> pair(login, place)))
                .filter(hosting -> usual().noneMatch(hosting::equals))
                .filter(hosting -> hosting.toString().contains(System.getProperty("hosting", "")));
    }

    private static Hosting pair(Hosting.Login login, Hosting.Place place) {
        String boot = Hosting.BOOTS.get((login.ordinal() + place.ordinal()) % 2);
        return new Hosting(boot, login, place, (login.ordinal() / 2 + place.ordinal() / 2) % 2 == 1);
    }

    @ParameterizedTest
    @MethodSource("usual")
    void hostIsRecordedAndStaysAsItWas(Hosting hosting) {
        check(hosting);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("pairs")
    void everyPairOfChoicesIsRecordedAndStaysAsItWas(Hosting hosting) {
        check(hosting);
    }

    private void check(Hosting hosting) {
        try (BootHost host = BootHost.start(hosting, work.resolve("data"))) {
            String target = "http://127.0.0.1:" + host.port() + hosting.place().context;
            if (hosting.place().behindNginx()) {
                try (Nginx nginx = new Nginx(work.resolve("nginx"), hosting.place().seen, target)) {
                    check(hosting, host, "http://localhost:" + nginx.port() + hosting.place().seen);
                }
            } else {
                check(hosting, host, target);
            }
        }
    }

    private void check(Hosting hosting, BootHost host, String base) {
        awaitRecording(base, host);
        String project = pageHasOneTag(hosting, base);
        HttpResponse<String> batch = new HostClient(base).postBatch(project);
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(202);
        assertThat(batch.headers().firstValue("Set-Cookie").orElse(""))
                .contains("; Path=" + (hosting.place().seen.isEmpty() ? "/" : hosting.place().seen) + ";");

        hostsOwnRulesHold(hosting, base);
        dashboardShowsTheSession(hosting, base);
        if (hosting.login() != BOOTS_OWN) { // which lets nobody post without a token
            databaseIsTheHosts(base);
        }
        requestsRunOnTheThreadsOfTheHost(hosting, base);
        if (hosting.apart()) {
            actuatorHasMimicAndNothingOfItsPages("http://127.0.0.1:" + host.managementPort());
        }
    }

    private static void awaitRecording(String base, BootHost host) {
        HostClient visitor = new HostClient(base);
        Awaitility.await("recording")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(
                                visitor.fetch("/mimic/api/health").body())
                        .as(() -> "health; the app printed\n" + String.join("\n", host.printed()))
                        .startsWith("{\"status\":\"UP\""));
    }

    /** Answers the project that the tag names. */
    private static String pageHasOneTag(Hosting hosting, String base) {
        HttpResponse<String> page = visitor(hosting, base).open("/page");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).containsOnlyOnce("recorder.js").contains("<title>Host</title>", "Grüße");
        Matcher tag = TAG.matcher(page.body());
        assertThat(tag.find()).as(page.body()).isTrue();
        assertThat(tag.group(1)).isEqualTo(hosting.place().seen);
        HttpResponse<String> script = new HostClient(base).fetch("/mimic/recorder.js" + tag.group(2));
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        return tag.group(3);
    }

    /** Someone whom the host lets see its page. */
    private static HostClient visitor(Hosting hosting, String base) {
        HostClient visitor = new HostClient(base);
        return switch (hosting.login()) {
            case BOOTS_OWN -> visitor.authorized(basic());
            case TOKENS -> visitor.authorized("Bearer " + token("anna"));
            case FORM, FORM_AND_DASHBOARD -> visitor;
        };
    }

    private static void hostsOwnRulesHold(Hosting hosting, String base) {
        HostClient stranger = new HostClient(base);
        assertThat(stranger.open("/private").statusCode()).isIn(302, 401);
        assertThat(stranger.fetch("/private").statusCode()).isIn(302, 401);
        assertThat(stranger.postForm("/order", "what=tea").statusCode()).isIn(302, 401, 403);
        HostClient user = visitor(hosting, base);
        switch (hosting.login()) {
            case BOOTS_OWN -> {
                assertThat(stranger.open("/page").statusCode()).isIn(302, 401);
                // 403, on its way to an error page that is closed as well: 401 in the end
                assertThat(user.postForm("/order", "what=tea").statusCode())
                        .as("without a CSRF token")
                        .isIn(401, 403);
            }
            case FORM, FORM_AND_DASHBOARD -> {
                user.logIn("anna");
                assertThat(user.postForm("/order", "what=tea").statusCode())
                        .as("without a CSRF token")
                        .isEqualTo(403);
                // a login form has a token for whoever is logged in already
                assertThat(user.postForm("/order", "what=tea&_csrf=" + user.csrfToken())
                                .body())
                        .isEqualTo("Ordered tea");
            }
            case TOKENS -> {
                assertThat(stranger.open("/page").statusCode()).isEqualTo(401);
                assertThat(new HostClient(base)
                                .authorized("Bearer " + token("anna") + "x")
                                .open("/page")
                                .statusCode())
                        .isEqualTo(401);
                assertThat(user.postForm("/order", "what=tea").body()).isEqualTo("Ordered tea");
            }
        }
        assertThat(user.open("/private").body()).containsOnlyOnce("recorder.js").contains("<body>For ");
    }

    private static void dashboardShowsTheSession(Hosting hosting, String base) {
        HostClient viewer = new HostClient(base);
        assertThat(viewer.fetch("/mimic/api/sessions").statusCode()).isIn(302, 401);
        if (hosting.login() == FORM_AND_DASHBOARD) {
            HostClient clerk = new HostClient(base);
            clerk.logIn("carl");
            assertThat(clerk.fetch("/mimic/api/sessions").statusCode()).isEqualTo(403);
            viewer.logIn("anna");
            assertThat(viewer.fetch("/mimic/api/me").body())
                    .contains("\"login\":\"host\"", "\"role\":\"viewer\"", "\"name\":\"anna\"");
        } else {
            String login = "{\"project\":\"default\",\"password\":\"" + BootHost.PASSWORD + "\"}";
            assertThat(viewer.postJson("/mimic/api/login", login).statusCode()).isEqualTo(204);
        }
        HttpResponse<String> dashboard = viewer.open("/mimic/");
        assertThat(dashboard.statusCode()).isEqualTo(200);
        assertThat(dashboard.body()).contains("<title>").doesNotContain("recorder.js");
        Awaitility.await("the session in the list")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(viewer.fetch("/mimic/api/sessions").body()).contains("\"failedRequests\":"));
        if (hosting.place().behindNginx()) {
            assertThat(viewer.fetch("/mimic/api/sessions").body()).contains("\"ip\":\"203.0.113.9\"");
        }
    }

    private static void databaseIsTheHosts(String base) {
        HostClient visitor = new HostClient(base);
        assertThat(visitor.postForm("/open/visits", "who=anna").body()).isEqualTo("1 visits");
        assertThat(visitor.postForm("/open/visits", "who=carl").body()).isEqualTo("2 visits");
    }

    private static void requestsRunOnTheThreadsOfTheHost(Hosting hosting, String base) {
        boolean virtual = hosting.apart() && Jdk.newest().hasVirtualThreads();
        assertThat(visitor(hosting, base).fetch("/open/thread").body().contains("VirtualThread"))
                .isEqualTo(virtual);
    }

    private static void actuatorHasMimicAndNothingOfItsPages(String management) {
        HostClient operator = new HostClient(management).authorized(basic());
        assertThat(operator.fetch("/actuator/health").body()).contains("\"mimic\":{");
        assertThat(operator.fetch("/actuator/metrics/mimic.batches").body())
                .contains("\"name\":\"mimic.batches\"", "\"value\":1.0");
        assertThat(operator.open("/mimic/recorder.js").statusCode()).isNotEqualTo(200);
    }

    @ParameterizedTest
    @FieldSource("io.mimic.e2e.Hosting#BOOTS")
    void hostIsMadeOfTheSameWithAndWithoutMimic(String boot) {
        Hosting hosting = new Hosting(boot, BOOTS_OWN, Hosting.Place.ROOT, false);
        List<BootHost> both = BootHost.startWithAndWithout(hosting, work.resolve("data"));
        try (BootHost with = both.get(0);
                BootHost without = both.get(1)) {
            String base = "http://127.0.0.1:" + with.port();
            String bare = "http://127.0.0.1:" + without.port();
            awaitRecording(base, with);
            HostClient user = new HostClient(base).authorized(basic());
            HostClient bareUser = new HostClient(bare).authorized(basic());

            assertThat(beans(user))
                    .containsAll(beans(bareUser))
                    .filteredOn(bean -> !bean.startsWith("mimic") && !bean.startsWith("io.mimic."))
                    .containsExactlyInAnyOrderElementsOf(beans(bareUser));
            assertThat(bareUser.fetch("/open/made-of").body())
                    .contains("data source dataSource", "jdbc:h2:mem:host", "chain ", "mapper ");
            assertThat(user.fetch("/open/made-of").body())
                    .isEqualTo(bareUser.fetch("/open/made-of").body());
            assertThat(user.fetch("/actuator/health").body()).startsWith("{").contains("\"status\":\"UP\"");
            assertThat(user.postForm("/order", "what=tea").statusCode())
                    .as("without a CSRF token")
                    .isEqualTo(bareUser.postForm("/order", "what=tea").statusCode());
            assertThat(bareUser.fetch("/mimic/api/health").statusCode()).isEqualTo(404);
            for (String path : List.of("/page", "/private", "/open/thread", "/actuator/health", "/nothing")) {
                assertThat(new HostClient(base).fetch(path).statusCode())
                        .as(path)
                        .isEqualTo(new HostClient(bare).fetch(path).statusCode());
                assertThat(user.fetch(path).statusCode())
                        .as(path)
                        .isEqualTo(bareUser.fetch(path).statusCode());
            }
        }
    }

    private static List<String> beans(HostClient user) {
        String list = user.fetch("/open/beans").body();
        assertThat(list).startsWith("[\"").endsWith("\"]");
        return List.of(list.substring(2, list.length() - 2).split("\",\"", -1));
    }

    private static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString("user:kettle".getBytes(StandardCharsets.US_ASCII));
    }

    /** As the host's issuer would sign it. */
    private static String token(String user) {
        try {
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            String text = base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.US_ASCII)) + "."
                    + base64.encodeToString(("{\"sub\":\"" + user + "\"}").getBytes(StandardCharsets.US_ASCII));
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = "a key of the host, for its tests".getBytes(StandardCharsets.US_ASCII);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return text + "." + base64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
