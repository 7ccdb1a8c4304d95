package io.mimic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month and three releases later: the app has none of the files any more that the recorded page showed. */
class AssetsGoneTest {
    private static final Path FILES = Demo.ROOT.resolve("examples/shop/src/main/resources/static");

    @TempDir
    static Path folder;

    @Test
    void replayLooksAsThePageDidAndAsksNobodyElse() throws IOException {
        Path files = copy(FILES, folder.resolve("static"));
        try (Demo demo = Demo.start(
                        folder.resolve("data"),
                        Map.of(
                                "SPRING_WEB_RESOURCES_STATIC_LOCATIONS",
                                files.toUri().toString()));
                Dashboard dashboard = new Dashboard(demo.dashboard)) {
            visit(demo);
            dashboard.login(demo.project, demo.password);
            String session = String.valueOf(dashboard.awaitEndedSession().get("id"));
            awaitKept(dashboard, session);

            delete(files);

            assertThat(dashboard
                            .page
                            .request()
                            .get(demo.shop + "pictures/butchers-block.svg")
                            .status())
                    .isEqualTo(404);
            assertThat(dashboard.page.request().get(demo.shop + "css/base.css").status())
                    .isEqualTo(404);
            int earlier = dashboard.consoleErrors().size();
            List<String> requests = new ArrayList<>();
            dashboard.page.onRequest(request -> requests.add(request.url()));
            dashboard.openAt(session, 1.5);
            looksRight(dashboard.replayed().locator("#picture"));
            assertThat(requests)
                    .filteredOn(url -> !url.startsWith("blob:") && !url.startsWith("data:"))
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith(demo.dashboard));
            assertThat(dashboard.consoleErrors()).hasSize(earlier);

            exported(dashboard);
        }
    }

    private static void visit(Demo demo) {
        try (Visitor visitor = new Visitor()) {
            visitor.page.navigate(demo.shop + "p/butchers-block");
            looksRight(visitor.page.locator("#picture"));
            visitor.page.waitForTimeout(2_500); // a person looks at a page for a while
            visitor.page.navigate("about:blank");
        }
    }

    private static void awaitKept(Dashboard dashboard, String session) {
        Awaitility.await("a picture and the fonts are kept")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(Dashboard.rows(dashboard.get("api/sessions/" + session + "/assets"), "items"))
                                .extracting(item -> String.valueOf(item.get("url")))
                                .anyMatch(url -> url.endsWith("/pictures/butchers-block.svg"))
                                .anyMatch(url -> url.endsWith("/fonts/fraunces-latin-wght-normal.woff2"))
                                .anyMatch(url -> url.endsWith("/fonts/figtree-latin-wght-normal.woff2")));
    }

    /** As a file from a mail: no server is there. */
    private static void exported(Dashboard dashboard) {
        dashboard
                .page
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("More"))
                .first()
                .click();
        Path file = folder.resolve("recording.html");
        dashboard
                .page
                .waitForDownload(() -> dashboard
                        .page
                        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Recording as one HTML file"))
                        .click())
                .saveAs(file);
        try (Visitor offline = new Visitor()) {
            List<String> requests = new ArrayList<>();
            offline.page.onRequest(request -> requests.add(request.url()));
            offline.page.navigate(file.toUri().toString());
            offline.page
                    .locator("#seek")
                    .evaluate("seek => { seek.value = 1500; seek.dispatchEvent(new Event('input')) }");
            looksRight(offline.page.frameLocator(".replayer-wrapper iframe").locator("#picture"));
            assertThat(requests)
                    .allMatch(url -> url.startsWith("file:") || url.startsWith("data:") || url.startsWith("blob:"));
        }
    }

    /** The picture is drawn, the style sheet applied, the font loaded. */
    private static void looksRight(Locator picture) {
        picture.waitFor();
        Awaitility.await("the page looks as it should")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    assertThat(picture.evaluate("picture => picture.naturalWidth > 100"))
                            .isEqualTo(true);
                    assertThat(picture.evaluate(
                                    "picture => [...picture.ownerDocument.fonts].filter(font => font.status === 'loaded')"
                                            + ".map(font => font.family.replace(/\"/g, '')).sort()"))
                            .isEqualTo(List.of("Figtree", "Fraunces"));
                });
        Locator body = picture.locator("xpath=ancestor::body");
        assertThat(body).hasCSS("background-color", "rgb(251, 248, 241)");
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
