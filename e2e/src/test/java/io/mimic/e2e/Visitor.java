package io.mimic.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A browser of one's own, and everything that it sent to ingest. */
final class Visitor implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final BrowserContext context;
    private final List<byte[]> batches = new ArrayList<>();
    private final List<String> consoleErrors = new ArrayList<>();
    final Page page;

    Visitor() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(java.nio.file.Path.of(
                                Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium")))
                        .setArgs(FLAGS));
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setUserAgent(browser.newPage()
                        .evaluate("navigator.userAgent")
                        .toString()
                        .replace("Headless", "")));
        context.onRequest(this::keep);
        page = context.newPage();
        page.setDefaultTimeout(15_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                consoleErrors.add(message.text());
            }
        });
    }

    private void keep(Request request) {
        if (request.url().contains("/mimic/ingest") && request.postDataBuffer() != null) {
            batches.add(request.postDataBuffer());
        }
    }

    /** Bodies posted to ingest, as they went out. */
    List<byte[]> batches() {
        return List.copyOf(batches);
    }

    List<String> consoleErrors() {
        return List.copyOf(consoleErrors);
    }

    @Override
    public void close() {
        context.close();
        browser.close();
        playwright.close();
    }
}
