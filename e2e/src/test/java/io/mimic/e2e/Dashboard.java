package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** What a developer does in the dashboard. */
final class Dashboard implements AutoCloseable {
    private final Visitor viewer = new Visitor();
    private final String address;
    final Page page = viewer.page;

    Dashboard(String address) {
        this.address = address.endsWith("/") ? address : address + "/";
    }

    void login(String project, String password) {
        page.navigate(address);
        page.getByLabel("Project").fill(project);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sessions"))
                .first()
                .waitFor();
    }

    Map<String, Object> get(String path) {
        APIResponse answer = page.request().get(address + path);
        if (answer.status() != 200) {
            throw new AssertionError(path + " answered " + answer.status() + " " + answer.text());
        }
        try {
            return JSON.std.mapFrom(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an answer lists that is an array. */
    List<Map<String, Object>> list(String path) {
        APIResponse answer = page.request().get(address + path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        try {
            return JSON.std.listOfFrom(Object.class, answer.body()).stream()
                    .map(Dashboard::object)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // an object of JSON
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    List<Map<String, Object>> sessions() {
        return rows(get("api/sessions"), "items");
    }

    /** Waits for the newest session to have ended, so that it lies in the archive. */
    Map<String, Object> awaitEndedSession() {
        return awaitEndedSessions(1).get(0);
    }

    /** Waits until there are so many sessions, and all have ended; newest first. */
    List<Map<String, Object>> awaitEndedSessions(int count) {
        Awaitility.await(count + " sessions that ended")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(sessions())
                        .as("the server says %s", get("api/health"))
                        .hasSizeGreaterThanOrEqualTo(count)
                        .extracting(item -> item.get("state"))
                        .containsOnly("ended"));
        return sessions();
    }

    @SuppressWarnings("unchecked") // the API's lists hold objects
    static List<Map<String, Object>> rows(Map<String, Object> answer, String name) {
        return (List<Map<String, Object>>) answer.get(name);
    }

    void open(String session) {
        page.navigate(address + "sessions/" + session);
        page.locator(".stage").waitFor();
    }

    void openAt(String session, double second) {
        page.navigate(address + "sessions/" + session + "?t=" + second);
        page.locator(".stage").waitFor();
    }

    /** The page as it is built again: rrweb's frame within the player's document. */
    FrameLocator replayed() {
        return page.frameLocator("iframe[title='Recorded page']").frameLocator("iframe");
    }

    Locator panel(String name) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
        return page.getByRole(AriaRole.TABPANEL);
    }

    /** Where the player stands, seconds. */
    double now() {
        String[] parts = page.getByTestId("clock").locator("b").innerText().split(":");
        double seconds = 0;
        for (String part : parts) {
            seconds = seconds * 60 + Double.parseDouble(part);
        }
        return seconds;
    }

    List<String> consoleErrors() {
        return viewer.consoleErrors();
    }

    @Override
    public void close() {
        viewer.close();
    }
}
