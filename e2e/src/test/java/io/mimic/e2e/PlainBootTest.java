package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * An app of Spring MVC and nothing else: no login, no database, no Actuator, no static files. On Spring Boot 3.5 and 4.0, each by itself and as a
 * WAR in a Tomcat of its own.
 */
class PlainBootTest {
    private static final Pattern TAG = Pattern.compile(
            "<script src=\"[^\"]*/mimic/recorder\\.js[^>]*data-mimic-project=\"([^\"]*)\"[^>]*></script>");

    @TempDir
    Path work;

    @ParameterizedTest
    @FieldSource("io.mimic.e2e.Hosting#BOOTS")
    void appIsRecordedAndIsMadeOfWhatItWasMadeOf(String boot) {
        List<BootHost> both = BootHost.startPlainWithAndWithout(boot, work.resolve("data"));
        try (BootHost with = both.get(0);
                BootHost without = both.get(1)) {
            String base = "http://127.0.0.1:" + with.port();
            HostClient bare = new HostClient("http://127.0.0.1:" + without.port());
            records(base, with::printed, bare);

            HostClient visitor = new HostClient(base);
            assertThat(beans(visitor))
                    .filteredOn(bean -> !bean.startsWith("mimic") && !bean.startsWith("io.mimic."))
                    .containsExactlyInAnyOrderElementsOf(beans(bare));
            assertThat(visitor.fetch("/surprises").body()).isEqualTo("[]");
            assertThat(bare.fetch("/mimic/api/health").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest(name = "Boot {0} in Tomcat {1}")
    @CsvSource({"3.5.7, 10", "4.0.7, 11"})
    void warInAContainerOfItsOwnIsRecordedByOneFilterAndSaysSoOnce(String boot, String tomcat) {
        int port = ServerProcess.freePort();
        Map<String, String> environment =
                Map.of("MIMIC_DATA_DIR", work.resolve("data").toString(), "MIMIC_PROJECT_PASSWORD", BootHost.PASSWORD);
        List<String> command = List.of(
                "bin/lib/tomcat",
                "e2e/outside/boot-plain/target/war-" + boot + "/boot-plain.war",
                String.valueOf(port),
                "plain",
                tomcat);
        try (ServerProcess container = ServerProcess.start(Demo.ROOT, environment, command);
                BootHost without = BootHost.startPlainWithout(boot)) {
            // fetched first when it is not there yet
            container.await(line -> line.contains("Server startup in"), Duration.ofMinutes(5));
            String base = "http://127.0.0.1:" + port + "/plain";
            HostClient bare = new HostClient("http://127.0.0.1:" + without.port());
            records(base, container::printed, bare);

            assertThat(container.printed().stream().filter(line -> line.contains("registered twice")))
                    .hasSize(1)
                    .allMatch(line -> line.contains("/plain"));
        }
    }

    private static void records(String base, Supplier<List<String>> printed, HostClient bare) {
        HostClient visitor = new HostClient(base);
        Awaitility.await("recording")
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .untilAsserted(() -> assertThat(
                                visitor.fetch("/mimic/api/health").body())
                        .as(() -> "health; the app printed\n" + String.join("\n", printed.get()))
                        .startsWith("{\"status\":\"UP\""));
        String project = pageHasOneTag(visitor, "/page", bare);
        for (String path : List.of("/later", "/deferred", "/streamed")) {
            pageHasOneTag(visitor, path, bare);
        }
        assertThat(visitor.open("/told").body())
                .startsWith("data:first")
                .isEqualTo(bare.open("/told").body());
        for (String path : List.of("/failing", "/nothing", "/page")) {
            assertThat(visitor.fetch(path).statusCode())
                    .as(path)
                    .isEqualTo(bare.fetch(path).statusCode());
        }
        assertThat(visitor.postForm("/order", "what=tea").body()).isEqualTo("{\"ordered\":\"tea\"}");

        HttpResponse<String> batch = visitor.postBatch(project);
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(202);
        String login = "{\"project\":\"default\",\"password\":\"" + BootHost.PASSWORD + "\"}";
        HostClient viewer = new HostClient(base);
        assertThat(viewer.postJson("/mimic/api/login", login).statusCode()).isEqualTo(204);
        assertThat(viewer.fetch("/mimic/api/sessions").body()).containsOnlyOnce("\"id\":");
        assertThat(viewer.open("/mimic/").statusCode())
                .as("dashboard of a host without static files")
                .isEqualTo(200);
    }

    private static String pageHasOneTag(HostClient visitor, String path, HostClient bare) {
        String page = visitor.open(path).body();
        List<MatchResult> tags = TAG.matcher(page).results().toList();
        assertThat(tags).as(page).hasSize(1);
        assertThat(page.replace(tags.get(0).group(), ""))
                .isEqualTo(bare.open(path).body());
        return tags.get(0).group(1);
    }

    private static List<String> beans(HostClient client) {
        String list = client.fetch("/beans").body();
        assertThat(list).startsWith("[\"").endsWith("\"]");
        return List.of(list.substring(2, list.length() - 2).split("\",\"", -1));
    }
}
