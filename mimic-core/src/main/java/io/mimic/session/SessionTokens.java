package io.mimic.session;

import io.mimic.catalog.SessionCatalog;
import java.util.Optional;
import java.util.UUID;

/**
 * Signs and checks session tokens. The key comes from {@code mimic.secret}, or is made once and kept in the catalog, so that all nodes
 * share it; the key before it stays valid. Thread-safe.
 */
public final class SessionTokens {
    private SessionTokens() {}

    /** @param secret the configured secret; empty: the catalog's */
    public static SessionTokens open(SessionCatalog catalog, String secret) {
        throw new UnsupportedOperationException(catalog + secret);
    }

    /**
     * Reads the keys. To be called in the background until it has succeeded once, and then every minute or so, to learn of a new key.
     *
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public void load() {
        throw new UnsupportedOperationException();
    }

    /** Whether the keys have been read; before that nothing can be signed. */
    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    /** Name of the session cookie of a project. */
    public static String cookieName(String project) {
        return "mimic_session_" + project.substring(0, Math.min(8, project.length()));
    }

    /** @param activeAt time of the session's last batch, ms since the epoch */
    public String sign(String project, UUID session, long activeAt) {
        throw new UnsupportedOperationException(project + session + activeAt);
    }

    /** @return what the token says, when it was signed for this project with a valid key */
    public Optional<SessionToken> verify(String project, String token) {
        throw new UnsupportedOperationException(project + token);
    }
}
