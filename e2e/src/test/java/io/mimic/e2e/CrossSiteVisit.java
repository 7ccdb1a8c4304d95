package io.mimic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Somebody reads two pages of a site that sends to a collector elsewhere. */
final class CrossSiteVisit {
    private CrossSiteVisit() {}

    /** @return session cookies that the browser sent with batches */
    static List<String> twoPages(Visitor visitor, StaticSite site, String walk, String heading) {
        List<Request> sent = new ArrayList<>();
        AtomicInteger taken = new AtomicInteger();
        visitor.page.onResponse(response -> {
            if (response.url().endsWith("/mimic/ingest")) {
                sent.add(response.request());
                taken.addAndGet(response.status() == 202 ? 1 : 0);
            }
        });
        visitor.page.navigate(site.origin() + "/");
        awaitBatch(visitor, taken);
        visitor.page.locator("#search").fill(walk);
        int before = taken.get();
        visitor.page.locator("#walks a").first().click();
        assertThat(visitor.page.locator("#heading")).hasText(heading);
        assertThat(visitor.page.locator("script[data-mimic-build]").first())
                .hasAttribute("src", "../mimic-assets/mimic.js");
        int page = before;
        Awaitility.await("the second page's first batch")
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    visitor.page.waitForTimeout(100);
                    return taken.get() > page
                            && sent.stream()
                                            .filter(request -> request.headers()
                                                    .getOrDefault("referer", "")
                                                    .startsWith(site.origin()))
                                            .count()
                                    > 0
                            && visitor.page.evaluate("sessionStorage.getItem('mimic_token')") != null;
                });
        List<String> cookies = sent.stream()
                .map(request -> request.allHeaders().getOrDefault("cookie", ""))
                .filter(cookie -> cookie.contains("mimic_session_"))
                .toList();
        visitor.page.navigate("about:blank");
        return cookies;
    }

    /** Stays until a batch was taken. */
    static void onePage(Visitor visitor, StaticSite site) {
        AtomicInteger taken = new AtomicInteger();
        visitor.page.onResponse(response ->
                taken.addAndGet(response.url().endsWith("/mimic/ingest") && response.status() == 202 ? 1 : 0));
        visitor.page.navigate(site.origin() + "/");
        awaitBatch(visitor, taken);
        visitor.page.navigate("about:blank");
    }

    private static void awaitBatch(Visitor visitor, AtomicInteger taken) {
        Awaitility.await("a batch that was taken").atMost(Duration.ofMinutes(1)).until(() -> {
            visitor.page.waitForTimeout(100);
            return taken.get() > 0;
        });
    }

    /** @return id of the project's one session, which has two pages and can be watched */
    static String onlySession(Dashboard dashboard, String heading) {
        Map<String, Object> session = dashboard.awaitEndedSession();
        assertThat(dashboard.sessions()).hasSize(1);
        assertThat(session.get("pages")).isEqualTo(2);
        String id = String.valueOf(session.get("id"));
        double seconds = ((Number) session.get("durationMs")).doubleValue() / 1000;
        dashboard.openAt(id, Math.max(0, seconds - 0.1));
        assertThat(dashboard.replayed().locator("#heading")).hasText(heading);
        return id;
    }
}
