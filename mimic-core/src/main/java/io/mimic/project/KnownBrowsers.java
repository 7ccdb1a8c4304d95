package io.mimic.project;

import io.mimic.catalog.SessionCatalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Browsers in which somebody has logged in to a project before: each keeps a mark, signed with a key that all nodes share. A mark opens nothing;
 * who has one is not held up by what strangers guess ("device cookies", as OWASP describes them), and an admin not by what viewers do. Thread-safe.
 */
final class KnownBrowsers {
    private static final String KEY = "known-browser.key";
    private static final Pattern MARK = Pattern.compile("([A-Za-z0-9_-]{43})\\.(ADMIN|VIEWER)\\.([0-9a-f]{64})");

    private final SharedSecret key;
    private final Secrets secrets = new Secrets();

    KnownBrowsers(SessionCatalog catalog) {
        this.key = new SharedSecret(catalog, KEY);
    }

    /**
     * @param role of who has just logged in
     * @param before the mark that the browser had: an admin's stays when a viewer has logged in, since it may be the admin's browser still
     * @throws io.mimic.store.StoreException when the key must be read and the catalog does not answer
     */
    String mark(String project, Role role, String before) {
        boolean stays = role == Role.VIEWER
                && known(project, before)
                        .filter(browser -> browser.role() == Role.ADMIN)
                        .isPresent();
        if (stays) {
            return before;
        }
        String id = secrets.make();
        return id + "." + role + "." + signature(project, role, id);
    }

    /**
     * @param mark as a client sent it
     * @return empty when the mark is none of this project's
     * @throws io.mimic.store.StoreException when the key must be read and the catalog does not answer
     */
    Optional<Browser> known(String project, String mark) {
        Matcher parts = MARK.matcher(mark);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Browser browser = new Browser(parts.group(1), Role.valueOf(parts.group(2)));
        byte[] right = signature(project, browser.role(), browser.id()).getBytes(StandardCharsets.US_ASCII);
        boolean ours = MessageDigest.isEqual(right, parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return ours ? Optional.of(browser) : Optional.empty();
    }

    /** No name of a project has a line break. */
    private String signature(String project, Role role, String id) {
        return key.hash(id + "\n" + role + "\n" + project);
    }

    /**
     * One of them.
     *
     * @param id what tells it from others
     * @param role of who has logged in there
     */
    record Browser(String id, Role role) {}
}
