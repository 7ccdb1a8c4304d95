package io.mimic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two apps outside the reactor, each with exactly one dependency added, built from the installed artifacts. */
class OutsideAppsTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path data;

    private final int port = ServerProcess.freePort();

    @Test
    void bootAppRecordsAndReplays() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (ServerProcess app = start(
                java,
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "e2e/outside/boot-app/target/boot-app.jar",
                "--server.port=" + port)) {
            recordAndReplay(app, "", "", "A page of a Boot app");
        }
    }

    @Test
    void warRecordsAndReplays() {
        try (ServerProcess app =
                start("bin/lib/tomcat", "e2e/outside/war-app/target/war-app.war", String.valueOf(port), "/war")) {
            recordAndReplay(app, "/war", "/page.jsp", "A page of a WAR");
        }
    }

    private ServerProcess start(String... command) {
        Map<String, String> environment = Map.of("MIMIC_DATA_DIR", data.toString(), "MIMIC_PROJECT_PASSWORD", PASSWORD);
        return ServerProcess.start(Demo.ROOT, environment, List.of(command));
    }

    private void recordAndReplay(ServerProcess app, String context, String page, String heading) {
        String host = "http://localhost:" + port + context;
        try (Visitor visitor = new Visitor();
                Dashboard dashboard = new Dashboard(host + "/mimic")) {
            Awaitility.await("the app to answer and MIMIC to record")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptionsInstanceOf(PlaywrightException.class)
                    .until(() -> {
                        assertThat(app.alive())
                                .as(String.join("\n", app.printed()))
                                .isTrue();
                        return visitor.page
                                .request()
                                .get(host + "/mimic/api/health")
                                .text()
                                .contains("\"recording\":{\"enabled\":true");
                    });
            visitor.page.navigate(host + (page.isEmpty() ? "/" : page));
            visitor.page.locator("#name").fill("Esmeralda");
            visitor.page.locator("#greet").click();
            visitor.page.waitForTimeout(1_000);
            visitor.page.navigate("about:blank");
            assertThat(visitor.batches())
                    .as(() -> "batches; the app printed\n" + String.join("\n", app.printed()))
                    .isNotEmpty();
            dashboard.login("default", PASSWORD);
            String session = String.valueOf(dashboard.awaitEndedSession().get("id"));
            dashboard.openAt(session, 0.5);
            assertThat(dashboard.replayed().locator("#heading")).hasText(heading);
            assertThat(visitor.batches()).isNotEmpty().noneMatch(new SecretSearch("Esmeralda")::foundIn);
        }
    }
}
