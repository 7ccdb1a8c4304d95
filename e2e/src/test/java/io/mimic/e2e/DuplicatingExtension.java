package io.mimic.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Duplicates a tab as the browser's own menu does, with all that the copy gets of it: nothing but an extension can ask for that. */
final class DuplicatingExtension {
    private static final String MANIFEST =
            "{\"manifest_version\":3,\"name\":\"tabs\",\"version\":\"1\",\"permissions\":[\"tabs\"]}";
    private static final String DUPLICATE = "address => chrome.tabs.query({}).then(tabs =>"
            + " chrome.tabs.duplicate(tabs.find(tab => tab.url === address).id)).then(() => 1)";

    private final String page;

    private DuplicatingExtension(String page) {
        this.page = page;
    }

    /** Made in this folder, for the browser to load. */
    static DuplicatingExtension in(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("manifest.json"), MANIFEST);
            Files.writeString(folder.resolve("page.html"), "<p>tabs</p>");
            return new DuplicatingExtension("chrome-extension://" + id(folder.toRealPath()) + "/page.html");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The copy of the only tab that is at this one's address. */
    Page duplicate(Page tab) {
        BrowserContext context = tab.context();
        try (Page own = context.newPage()) {
            own.navigate(page);
            return context.waitForPage(() -> own.evaluate(DUPLICATE, tab.url()));
        }
    }

    /** What Chromium calls an extension that it loads from a folder: by the hash of its path, in letters. */
    private static String id(Path folder) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            StringBuilder id = new StringBuilder();
            for (int i = 0; i < 16; i++) {
                id.append((char) ('a' + (hash[i] >> 4 & 15))).append((char) ('a' + (hash[i] & 15)));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
