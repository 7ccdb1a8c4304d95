package io.mimic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job: a visit to the shop, and a developer who sees in the dashboard what happened. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopSessionTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    static Path data;

    private Demo demo;
    private Dashboard dashboard;
    private List<byte[]> batches;
    private String session;
    private Map<String, Object> timeline;

    @BeforeAll
    void visitTheShop() {
        demo = Demo.start(data, Map.of("MIMIC_PROJECT_PASSWORD", PASSWORD));
        try (Visitor visitor = new Visitor()) {
            new ShopJourney(visitor.page, demo.shop).walk();
            batches = visitor.batches();
        }
        dashboard = new Dashboard(demo.dashboard);
        dashboard.login(demo.project, demo.password);
        session = String.valueOf(dashboard.awaitEndedSession().get("id"));
        timeline = dashboard.get("api/sessions/" + session + "/timeline");
    }

    @AfterAll
    void leave() {
        if (dashboard != null) {
            dashboard.close();
        }
        demo.close();
    }

    @Test
    void demoPrintsEachLineOnce() {
        for (String label : List.of("Shop: ", "Dashboard: ", "Login: ")) {
            assertThat(demo.printed())
                    .filteredOn(line -> line.startsWith(label))
                    .hasSize(1);
        }
        assertThat(demo.password).isEqualTo(PASSWORD);
    }

    @Test
    void oneVisitIsOneSession() {
        assertThat(dashboard.sessions()).hasSize(1);
        Map<String, Object> item = dashboard.sessions().get(0);
        assertThat(item)
                .containsEntry("state", "ended")
                .containsEntry("browser", "Chromium")
                .containsEntry("os", "Linux")
                .containsEntry("device", "desktop");
        assertThat(((Number) item.get("errors")).intValue()).isGreaterThanOrEqualTo(1);
        assertThat(((Number) item.get("failedRequests")).intValue()).isGreaterThanOrEqualTo(1);
        assertThat(String.valueOf(item.get("url"))).endsWith("/checkout");
    }

    @Test
    void listLeadsToTheSession() {
        dashboard.page.navigate(demo.dashboard);
        dashboard.page.locator("a.who-name").first().click();
        dashboard.page.locator(".stage").waitFor();
        assertThat(dashboard.page.url()).contains("/sessions/" + session);
    }

    @Test
    void replayedPageShowsTheProductAtItsTime() {
        long start = ((Number) timeline.get("startedAt")).longValue();
        Map<String, Object> product = Dashboard.rows(timeline, "navigations").stream()
                .filter(row -> String.valueOf(row.get("url")).endsWith("/p/flint-skillet"))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("No navigation to the product in " + timeline.get("navigations")));
        double second = (((Number) product.get("at")).longValue() - start) / 1000.0 + 1;
        dashboard.openAt(session, second);
        assertThat(dashboard.replayed().locator("[data-testid=product-heading]"))
                .hasText("Flint skillet");
        assertThat(dashboard.replayed().locator("[data-testid=checkout-heading]"))
                .hasCount(0);
    }

    @Test
    void replayRunsNoScriptOfTheRecording() {
        dashboard.open(session);
        Locator frame =
                dashboard.page.frameLocator("iframe[title='Recorded page']").locator("iframe");
        frame.waitFor();
        assertThat(String.valueOf(frame.getAttribute("sandbox"))).doesNotContain("allow-scripts");
    }

    @Test
    void networkPanelShowsTheFailedOrder() {
        dashboard.open(session);
        Locator row =
                dashboard.panel("Network").locator(".nrow-bad", new Locator.LocatorOptions().setHasText("orders"));
        assertThat(row).containsText("500");
        assertThat(row).containsText("POST");
    }

    @Test
    void failedOrderOpensOnTheJavaStackBehindIt() {
        dashboard.open(session);
        dashboard
                .panel("Network")
                .locator(".nrow-bad", new Locator.LocatorOptions().setHasText("orders"))
                .click();
        Locator details = dashboard.page.locator(".ndetail");
        assertThat(details).containsText("CheckoutApi.place");
        assertThat(details).containsText("/api/orders");
        assertThat(details).containsText("Server time");
        details.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open error"))
                .click();
        Locator view = dashboard.page.getByRole(AriaRole.DIALOG);
        assertThat(view).containsText("com.example.shop.checkout.ParcelTooHeavyException: Courier refused parcel");
        assertThat(view.locator(".fr-own").first()).containsText("Courier.book");
        assertThat(view.locator(".fr-lib").first()).containsText("Spring");
    }

    @Test
    void pageThatCameBeforeTheSessionBelongsToIt() {
        assertThat(Dashboard.rows(timeline, "network"))
                .filteredOn(row -> "document".equals(row.get("initiator")))
                .extracting(row -> String.valueOf(((Map<?, ?>) row.get("server")).get("handler")))
                .contains("ShopPages.home", "ShopPages.product", "CheckoutPages.checkout");
    }

    @Test
    void consolePanelShowsTheLineOfTheApp() {
        dashboard.open(session);
        assertThat(dashboard.panel("Console")).containsText("rder");
        assertThat(Dashboard.rows(timeline, "console"))
                .anySatisfy(row -> assertThat(row).containsEntry("level", "error"));
    }

    @Test
    void errorRowSeeksToItsMoment() {
        Map<String, Object> error = Dashboard.rows(timeline, "errors").stream()
                .filter(row -> String.valueOf(row.get("message")).contains("dataset"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No such error in " + timeline.get("errors")));
        assertThat(String.valueOf(error.get("stack"))).contains("product.js");
        double second =
                (((Number) error.get("at")).longValue() - ((Number) timeline.get("startedAt")).longValue()) / 1000.0;
        dashboard.open(session);
        Locator row = dashboard.panel("Errors").locator(".erow", new Locator.LocatorOptions().setHasText("dataset"));
        row.locator(".erow-at button").first().click();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(dashboard.now()).isCloseTo(second, within(1.0)));
        assertThat(dashboard.replayed().locator("[data-testid=product-heading]"))
                .hasText("Flint skillet");
    }

    @Test
    void overviewShowsWhoAndOnWhat() {
        dashboard.open(session);
        Locator overview = dashboard.panel("Overview");
        assertThat(overview).containsText("Chromium");
        assertThat(overview).containsText("Linux");
    }

    @Test
    void typedSecretsAreNowhere() {
        SecretSearch search = new SecretSearch(ShopJourney.SECRETS.toArray(String[]::new));
        assertThat(batches).isNotEmpty();
        assertThat(batches.stream().flatMap(batch -> search.around(batch).stream()))
                .isEmpty();
        assertThat(search.foundBelow(data)).isEmpty();
    }

    @Test
    void theSearchWouldFindWhatIsThere() {
        SecretSearch search = new SecretSearch("checkout-heading");
        assertThat(search.foundBelow(data)).isNotEmpty();
        assertThat(batches).anyMatch(search::foundIn);
        assertThat(new SecretSearch("zzz-never-typed").foundIn("nothing".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
