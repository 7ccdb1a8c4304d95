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

/** examples/war: its build has put the recorder into static HTML and JSP, and MIMIC is inside. */
class WarExampleTest {
    private static final String PASSWORD = "bucket-and-3-mops";

    @TempDir
    Path data;

    private final int port = ServerProcess.freePort();
    private final String app = "http://localhost:" + port + "/chores";

    @Test
    void staticAndJspPagesRecordIntoTheWarItself() {
        try (ServerProcess tomcat = ServerProcess.start(
                        Demo.ROOT,
                        Map.of("MIMIC_DATA_DIR", data.toString(), "MIMIC_PROJECT_PASSWORD", PASSWORD),
                        List.of("bin/lib/tomcat", "examples/war/target/chores.war", String.valueOf(port), "chores"));
                Visitor visitor = new Visitor();
                Dashboard dashboard = new Dashboard(app + "/mimic")) {
            awaitRecording(tomcat, visitor);
            // the first call of a JSP compiles it
            visitor.page.setDefaultTimeout(60_000);
            visitor.page.navigate(app + "/");
            assertInstrumented(visitor, "mimic-assets/recorder.js");
            visitor.page.locator("a.button").click();
            assertThat(visitor.page.locator("#heading")).hasText("What is to be done");
            assertInstrumented(visitor, "/chores/mimic-assets/recorder.js");
            visitor.page.locator("#title").fill("Water the tomatoes");
            visitor.page.locator("#add").click();
            assertThat(visitor.page.locator("#chores")).containsText("Water the tomatoes");
            visitor.page.waitForTimeout(500);
            visitor.page.navigate("about:blank");
            assertThat(visitor.consoleErrors()).isEmpty();

            dashboard.login("chores", PASSWORD);
            Map<String, Object> session = dashboard.awaitEndedSession();
            assertThat(dashboard.sessions()).hasSize(1);
            assertThat(session.get("pages")).isEqualTo(3);
            double seconds = ((Number) session.get("durationMs")).doubleValue() / 1000;
            dashboard.openAt(String.valueOf(session.get("id")), Math.max(0, seconds - 0.1));
            assertThat(dashboard.replayed().locator("#heading")).hasText("What is to be done");
        }
    }

    private static void assertInstrumented(Visitor visitor, String recorder) {
        var tag = visitor.page.locator("script[data-mimic-build='recorder']");
        assertThat(tag).hasCount(1);
        assertThat(tag).hasAttribute("src", recorder);
        assertThat(tag.getAttribute("integrity")).startsWith("sha384-");
    }

    private void awaitRecording(ServerProcess tomcat, Visitor visitor) {
        // Tomcat is fetched first when it is not there yet
        Awaitility.await("Tomcat to answer and MIMIC to record")
                .atMost(Duration.ofMinutes(5))
                .ignoreExceptionsInstanceOf(PlaywrightException.class)
                .until(() -> {
                    assertThat(tomcat.alive())
                            .as(String.join("\n", tomcat.printed()))
                            .isTrue();
                    return visitor.page
                            .request()
                            .get(app + "/mimic/api/health")
                            .text()
                            .contains("\"recording\":{\"enabled\":true");
                });
    }
}
