package io.mimic.project;

import io.mimic.catalog.SessionCatalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Browsers in which somebody has logged in to a project before: each keeps a mark, signed with a key that all nodes share. A mark opens nothing;
 * who has one is not held up by what strangers guess ("device cookies", as OWASP describes them). Thread-safe.
 */
final class KnownBrowsers {
    private static final String KEY = "known-browser.key";
    private static final Pattern MARK = Pattern.compile("([A-Za-z0-9_-]{43})\\.([0-9a-f]{64})");

    private final SharedSecret key;
    private final Secrets secrets = new Secrets();

    KnownBrowsers(SessionCatalog catalog) {
        this.key = new SharedSecret(catalog, KEY);
    }

    /** @throws io.mimic.store.StoreException when the key must be read and the catalog does not answer */
    String mark(String project) {
        String id = secrets.make();
        return id + "." + signature(project, id);
    }

    /**
     * @param mark as a client sent it
     * @return what tells the browser from others; empty when the mark is none of this project's
     * @throws io.mimic.store.StoreException when the key must be read and the catalog does not answer
     */
    Optional<String> known(String project, String mark) {
        Matcher parts = MARK.matcher(mark);
        if (!parts.matches()) {
            return Optional.empty();
        }
        byte[] right = signature(project, parts.group(1)).getBytes(StandardCharsets.US_ASCII);
        boolean ours = MessageDigest.isEqual(right, parts.group(2).getBytes(StandardCharsets.US_ASCII));
        return ours ? Optional.of(parts.group(1)) : Optional.empty();
    }

    private String signature(String project, String id) {
        return key.hash(id + project);
    }
}
