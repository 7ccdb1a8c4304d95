package io.mimic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One visit in four tabs at once: one that came first, a second, a copy that the browser made of the first, and one that a page opened. */
class TabsTest {
    @TempDir
    static Path folder;

    @Test
    void oneVisitIsOneSessionWithItsWindowsAndNothingOfOneIsInAnother() {
        try (Demo demo = Demo.start(folder.resolve("data"), Map.of());
                Dashboard dashboard = new Dashboard(demo.dashboard)) {
            visit(demo.shop);
            dashboard.login(demo.project, demo.password);
            String session = String.valueOf(dashboard.awaitEndedSession().get("id"));

            assertThat(dashboard.sessions()).as("sessions of the visit").hasSize(1);
            Map<String, Object> detail = dashboard.get("api/sessions/" + session);
            Map<String, Object> timeline = dashboard.get("api/sessions/" + session + "/timeline");
            assertThat(Dashboard.rows(detail, "windows")).hasSize(4);
            assertThat(gaps(detail)).isEmpty();
            for (Tab tab : Tab.values()) {
                String window = windowOf(timeline, tab);
                assertThat(said(timeline, window)).as("events of %s", tab).containsExactly(tab.word(1), tab.word(2));
                assertThat(paths(detail, window)).as("pages of %s", tab).containsExactlyElementsOf(tab.paths);
                assertEventsAreOfOneWindow(dashboard, detail, session, window);
            }
            everyWindowIsShown(dashboard, session, detail);
        }
    }

    /** What a tab does, and so what its window has to show. */
    private enum Tab {
        FIRST(Set.of("/")),
        SECOND(Set.of("/p/flint-skillet")),
        COPY(Set.of("/")),
        OPENED(Set.of("/p/butchers-block"));

        final Set<String> paths;

        Tab(Set<String> paths) {
            this.paths = paths;
        }

        String word(int turn) {
            return name() + " " + turn;
        }
    }

    private static void visit(String shop) {
        String address = shop.endsWith("/") ? shop : shop + "/";
        Path extension = folder.resolve("extension");
        DuplicatingExtension tabs = DuplicatingExtension.in(extension);
        try (Visitor visitor = Visitor.withExtension(folder.resolve("profile"), extension)) {
            Page first = visitor.page;
            first.navigate(address);
            recorded(first);
            Page second = first.context().newPage();
            second.navigate(address + "p/flint-skillet");
            recorded(second);
            Page copy = tabs.duplicate(first);
            recorded(copy);
            Page opened = first.waitForPopup(() -> first.evaluate("() => { window.open('p/butchers-block'); }"));
            recorded(opened);
            Map<Tab, Page> pages = Map.of(Tab.FIRST, first, Tab.SECOND, second, Tab.COPY, copy, Tab.OPENED, opened);
            for (int turn = 1; turn <= 2; turn++) {
                for (Tab tab : Tab.values()) {
                    pages.get(tab).evaluate("what => window.mimic.event(what)", tab.word(turn));
                }
            }
            pages.values().forEach(page -> page.navigate("about:blank"));
        }
    }

    /** Its first batch has been taken. */
    private static void recorded(Page page) {
        page.waitForFunction("() => window.mimic?.status().accepted > 0");
    }

    private static String windowOf(Map<String, Object> timeline, Tab tab) {
        return Dashboard.rows(timeline, "events").stream()
                .filter(row -> tab.word(1).equals(row.get("name")))
                .map(row -> String.valueOf(row.get("window")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing of " + tab + " in " + timeline.get("events")));
    }

    private static List<String> said(Map<String, Object> timeline, String window) {
        return Dashboard.rows(timeline, "events").stream()
                .filter(row -> window.equals(row.get("window")))
                .map(row -> String.valueOf(row.get("name")))
                .toList();
    }

    private static List<?> gaps(Map<String, Object> detail) {
        return Dashboard.rows(detail, "pages").stream()
                .flatMap(page -> ((List<?>) page.get("gaps")).stream())
                .toList();
    }

    private static Set<String> paths(Map<String, Object> detail, String window) {
        return Dashboard.rows(detail, "pages").stream()
                .filter(page -> window.equals(page.get("window")))
                .map(page -> URI.create(String.valueOf(page.get("url"))).getPath())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As many snapshots as the window has pages, each behind its own Meta, and only addresses of the window. */
    private static void assertEventsAreOfOneWindow(
            Dashboard dashboard, Map<String, Object> detail, String session, String window) {
        List<Map<String, Object>> events = dashboard.list(
                "api/sessions/" + session + "/events?window=" + URLEncoder.encode(window, StandardCharsets.UTF_8));
        List<Integer> types = events.stream()
                .map(event -> ((Number) event.get("type")).intValue())
                .toList();
        long pages = Dashboard.rows(detail, "pages").stream()
                .filter(page -> window.equals(page.get("window")))
                .count();
        assertThat(types).filteredOn(type -> type == 2).hasSize((int) pages);
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) == 2) {
                assertThat(types.get(i - 1)).as("event before a snapshot").isEqualTo(4);
            }
        }
    }

    /** A person presses each window's tab and sees its own page. */
    private static void everyWindowIsShown(Dashboard dashboard, String session, Map<String, Object> detail) {
        dashboard.open(session);
        assertThat(dashboard.page.locator(".wtab")).hasCount(4);
        Set<String> shown = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            dashboard.page.locator(".wtab").nth(i).click();
            Awaitility.await("window " + i + " is shown")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> dashboard.replayed().locator("h1").count() > 0);
            shown.add(dashboard.replayed().locator("h1").first().innerText());
        }
        assertThat(shown).hasSize(3).contains("Flint skillet", "Butcher's block");
    }
}
