package io.mimic.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A browser's profile of one's own, and everything that was sent from it to ingest. */
final class Visitor implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** A busy machine may take this long for the first JSP of a container. */
    private static final int PATIENCE_MS = 60_000;

    /** Of all visitors: it ends, and its browsers with it, when this JVM does. */
    private static final Playwright PLAYWRIGHT =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

    private static @Nullable Chromium shared;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    private final BrowserContext context;
    private final List<byte[]> batches = new ArrayList<>();
    private final List<String> consoleErrors = new ArrayList<>();
    final Page page;

    Visitor() {
        this(Visitor::fresh);
    }

    private Visitor(Function<BrowserType, BrowserContext> opening) {
        context = opening.apply(PLAYWRIGHT.chromium());
        context.onRequest(this::keep);
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                consoleErrors.add(message.text());
            }
        });
    }

    /** Somebody who has chosen in the browser's own settings whether other sites may keep cookies. */
    static Visitor withThirdPartyCookies(Path profile, boolean allowed) {
        String preferences = "{\"profile\":{\"cookie_controls_mode\":" + (allowed ? 0 : 1)
                + ",\"block_third_party_cookies\":" + !allowed + "}}";
        try {
            Files.writeString(
                    Files.createDirectories(profile.resolve("Default")).resolve("Preferences"), preferences);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Visitor(chromium -> chromium.launchPersistentContext(
                profile,
                new BrowserType.LaunchPersistentContextOptions()
                        .setExecutablePath(executable())
                        .setIgnoreHTTPSErrors(true)
                        .setViewportSize(1280, 800)
                        .setArgs(FLAGS)));
    }

    /** Somebody who has a browser extension. */
    static Visitor withExtension(Path profile, Path extension) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("--disable-extensions-except=" + extension);
        flags.add("--load-extension=" + extension);
        return new Visitor(chromium -> chromium.launchPersistentContext(
                profile,
                new BrowserType.LaunchPersistentContextOptions()
                        .setExecutablePath(executable())
                        .setViewportSize(1280, 800)
                        .setIgnoreDefaultArgs(List.of("--disable-extensions"))
                        .setArgs(flags)));
    }

    /** A profile of their own in the browser that all of these share, which is started again if it has gone. */
    private static BrowserContext fresh(BrowserType chromium) {
        if (shared == null || !shared.browser.isConnected()) {
            shared = Chromium.start(chromium);
        }
        return shared.browser.newContext(new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setViewportSize(1280, 800)
                .setUserAgent(shared.userAgent));
    }

    /** @param userAgent as a browser with a window says it */
    private record Chromium(Browser browser, String userAgent) {
        static Chromium start(BrowserType chromium) {
            Browser browser = chromium.launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(FLAGS));
            try (Page page = browser.newPage()) {
                return new Chromium(
                        browser, page.evaluate("navigator.userAgent").toString().replace("Headless", ""));
            }
        }
    }

    private static Path executable() {
        return Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));
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
    }
}
