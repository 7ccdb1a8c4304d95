package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Anybody may post to a public page's project. Here an attacker does, to a real app, what the recorder never would, and somebody watches it: nothing of it
 * runs, and nobody is called, neither by the viewer's browser nor by the server.
 */
class HostileRecordingTest {
    private static final String PROJECT = "hostile-shop";
    private static final Path ATTACKS = Demo.ROOT.resolve("mimic-dashboard/src/main/web/test/browser/attacks.mjs");
    private static final int PATIENCE_MS = 60_000;
    /** Elements within each other, each of them two levels of JSON, below the eleven of batch, event and page: 4,000 are taken. */
    private static final int DEEPEST = 1_994;

    @TempDir
    static Path data;

    private static Demo demo;
    private static Listener listener;

    private final AtomicInteger dialogs = new AtomicInteger();
    private final AtomicInteger popups = new AtomicInteger();
    private final List<String> navigations = new ArrayList<>();

    @BeforeAll
    static void start() {
        listener = new Listener();
        demo = Demo.start(data, Map.of("MIMIC_PROJECT_ID", PROJECT));
    }

    @AfterAll
    static void stop() {
        demo.close();
        listener.close();
    }

    @Test
    void nothingRunsAndNobodyIsCalled() throws Exception {
        String session = accepted("[...everything(at, evil), ...panels(at, evil)]");
        try (Dashboard dashboard = watched()) {
            dashboard.openAt(session, 2);
            dashboard.replayed().getByText("All of it was played").waitFor(attached());
            assertPlantedIsText(dashboard);
            assertNothingHappened(dashboard.page);
            exportedFileIsAsQuiet(dashboard);
        }
    }

    @Test
    void archivedItIsAsQuiet() throws Exception {
        String session = accepted("[...everything(at, evil), ...panels(at, evil)]");
        try (Dashboard dashboard = watched()) {
            dashboard.awaitEndedSession();
            dashboard.openAt(session, 2);
            dashboard.replayed().getByText("All of it was played").waitFor(attached());
            assertNothingHappened(dashboard.page);
        }
    }

    @Test
    void numbersAndDepthThatAreTakenLeaveTheDashboardAtWork() throws Exception {
        String numbers = accepted(
                "numbers(at).filter((e) => Number.isInteger(e.type) && e.type >= 0 && e.type <= 6 && Math.abs(e.timestamp - at) < 1e6 && !/e\\+|\\d{16}/.test(JSON.stringify(e)))");
        String deep = accepted("deep(at, " + DEEPEST + ")");
        try (Dashboard dashboard = watched()) {
            for (String session : List.of(numbers, deep)) {
                dashboard.open(session);
                dashboard.panel("Console");
                dashboard
                        .page
                        .getByRole(
                                AriaRole.TAB,
                                new Page.GetByRoleOptions().setName("Console").setSelected(true))
                        .waitFor();
                assertNothingHappened(dashboard.page);
            }
        }
    }

    @Test
    void whatCannotBeARecordingIsRefused() throws Exception {
        for (String events : List.of("numbers(at)", "deep(at, " + (DEEPEST + 1) + ")", "deep(at, 50000)")) {
            HttpResponse<String> answer = post(events);
            assertThat(answer.statusCode()).as(events).isEqualTo(400);
            assertThat(answer.body()).hasSizeLessThan(1_000).doesNotContain("\tat ");
        }
    }

    @Test
    void theCountersCount() {
        try (Listener control = new Listener();
                Visitor viewer = new Visitor()) {
            watch(viewer.page, demo.shop);
            viewer.page.setContent("<img src='" + control.address()
                    + "/control.png'><script>window.pwned=1;alert(1);window.open('about:blank');"
                    + "</script>");
            Awaitility.await().until(() -> {
                viewer.page.waitForTimeout(100);
                return !control.arrived().isEmpty() && popups.get() > 0 && dialogs.get() > 0;
            });
            assertThat(ran(viewer.page)).isEqualTo(1);
            viewer.page.navigate(control.address());
            assertThat(navigations).anyMatch(address -> address.startsWith(control.address()));
        }
    }

    private Dashboard watched() {
        Dashboard dashboard = new Dashboard(demo.dashboard);
        dashboard.page.setDefaultTimeout(PATIENCE_MS);
        dashboard.login(demo.project, demo.password);
        watch(dashboard.page, demo.dashboard);
        return dashboard;
    }

    private void watch(Page page, String own) {
        String origin = URI.create(own).resolve("/").toString();
        page.onDialog(dialog -> {
            dialogs.incrementAndGet();
            dialog.dismiss();
        });
        page.context().onPage(popup -> popups.incrementAndGet());
        page.onFrameNavigated(frame -> {
            if (!frame.url().startsWith(origin) && !frame.url().matches("(about:|file:).*")) {
                navigations.add(frame.url());
            }
        });
    }

    /** What came from the recording stands in the panels, as text. */
    private static void assertPlantedIsText(Dashboard dashboard) {
        for (String panel : List.of("Console", "Network", "Errors", "All events", "Overview")) {
            Locator tab = dashboard.page.getByRole(
                    AriaRole.TAB, new Page.GetByRoleOptions().setName(Pattern.compile("^" + panel)));
            if (tab.count() > 0) {
                tab.first().click();
                dashboard.page.getByRole(AriaRole.TABPANEL).first().waitFor();
                assertThat(dashboard
                                .page
                                .locator("img[src*='planted'], b.planted")
                                .count())
                        .as(panel)
                        .isZero();
            }
        }
        dashboard
                .page
                .getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(Pattern.compile("^Console")))
                .click();
        assertThat(dashboard.page.getByRole(AriaRole.TABPANEL).innerText()).contains("planted");
    }

    private void exportedFileIsAsQuiet(Dashboard dashboard) throws Exception {
        dashboard
                .page
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^More")))
                .click();
        Download download = dashboard.page.waitForDownload(() -> dashboard
                .page
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Recording as one HTML file"))
                .click());
        Path file = data.resolve("exported.html");
        download.saveAs(file);
        try (Visitor viewer = new Visitor()) {
            viewer.page.setDefaultTimeout(PATIENCE_MS);
            watch(viewer.page, demo.shop);
            viewer.page.navigate(file.toUri().toString());
            FrameLocator inner =
                    viewer.page.frameLocator(".replayer-wrapper iframe").first();
            inner.getByText("Hostile page").waitFor(attached());
            assertNothingHappened(viewer.page);
        }
    }

    private void assertNothingHappened(Page page) {
        // time for what was begun to arrive
        page.waitForTimeout(1_000);
        assertThat(listener.arrived()).as("connections to the attacker").isEmpty();
        assertThat(ran(page)).as("scripts that ran").isZero();
        assertThat(dialogs).as("dialogs").hasValue(0);
        assertThat(popups).as("popups").hasValue(0);
        assertThat(navigations).as("navigations").isEmpty();
    }

    private static int ran(Page page) {
        int ran = 0;
        for (Frame frame : page.frames()) {
            // a frame without scripts cannot be asked, and has run none
            if (!frame.isDetached() && Boolean.TRUE.equals(frame.evaluate("() => window.pwned === 1"))) {
                ran++;
            }
        }
        return ran;
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions()
                .setState(WaitForSelectorState.ATTACHED)
                .setTimeout(PATIENCE_MS);
    }

    /** @return the session that the batch made */
    private static String accepted(String events) throws Exception {
        HttpResponse<String> answer = post(events);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return String.valueOf(JSON.std.mapFrom(answer.body()).get("session"));
    }

    /** @param events an expression of attacks.mjs' functions, at a time, of an attacker's address; events, or their JSON */
    private static HttpResponse<String> post(String events) throws Exception {
        String mark = "<b class=planted>planted</b><img src=${evil}/planted.png onerror=top.pwned=1>";
        String plugin =
                "const plugin = (at, name, payload) => ({ type: 6, timestamp: at + 50, data: { plugin: name, payload } });";
        String script = "import { everything, numbers, deep } from '" + ATTACKS.toUri() + "';" + plugin
                + "const at = Date.now() - 6000, evil = '" + listener.address() + "', mark = `" + mark + "`;"
                + "const panels = (at) => [plugin(at, 'rrweb/console@1', { level: 'error', payload: [JSON.stringify(mark)], trace: [mark] }),"
                + "plugin(at, 'rrweb/network@1', { requests: [{ name: `javascript:top.pwned=1//${mark}`, method: 'GET', status: 500, startTime: 1, endTime: 2 },"
                + "{ name: `${evil}/network`, method: 'GET', status: 200, startTime: 1, endTime: 2 }] }),"
                + "plugin(at, 'mimic/error@1', { name: mark, message: mark, stack: `at f (${evil}/planted.js:1:1)`, sourceMap: `${evil}/planted.map` }),"
                + "plugin(at, 'mimic/navigation@1', { url: `javascript:top.pwned=1`, title: mark }),"
                + "plugin(at, 'mimic/identify@1', { user: mark, traits: { [mark]: mark } }),"
                + "plugin(at, 'mimic/event@1', { name: mark, properties: { a: mark } }),"
                // so that the moment that is watched lies within the visit
                + "{ type: 3, timestamp: at + 5000, data: { source: 1, positions: [{ x: 1, y: 1, id: 1, timeOffset: 0 }] } }];"
                + "const events = " + events + ";"
                + "const head = JSON.stringify({ v: 1, project: '" + PROJECT + "', window: 'w-12345678', page: '"
                + UUID.randomUUID().toString().replace("-", "")
                + "', seq: 0, sentAt: Date.now(), meta: { url: `javascript:top.pwned=1//${evil}`, title: mark, referrer: `${evil}/referrer` } });"
                + "process.stdout.write(`${head.slice(0, -1)},\"events\":${typeof events === 'string' ? events : JSON.stringify(events)}}`);";
        Process node = new ProcessBuilder("node", "--input-type=module", "-e", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] batch = node.getInputStream().readAllBytes();
        assertThat(node.waitFor()).as(new String(batch, StandardCharsets.UTF_8)).isZero();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(demo.dashboard.replaceFirst("/?$", "") + "/ingest"))
                                .header("Content-Type", "text/plain")
                                .header("Sec-Fetch-Site", "same-origin")
                                .POST(BodyPublishers.ofByteArray(batch))
                                .build(),
                        BodyHandlers.ofString());
    }
}
