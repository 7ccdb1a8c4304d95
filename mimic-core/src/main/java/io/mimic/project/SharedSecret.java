package io.mimic.project;

import io.mimic.catalog.SessionCatalog;
import org.jspecify.annotations.Nullable;

/** A random secret that is made once, kept in the catalog and shared by all nodes; read when it is first needed. Thread-safe. */
final class SharedSecret {
    private final SessionCatalog catalog;
    private final String setting;
    private final Secrets secrets = new Secrets();
    private volatile @Nullable String known;

    /** @param setting under which the catalog keeps it */
    SharedSecret(SessionCatalog catalog, String setting) {
        this.catalog = catalog;
        this.setting = setting;
    }

    /**
     * A keyed hash of a text.
     *
     * @throws io.mimic.store.StoreException when the secret must be read and the catalog does not answer
     */
    String hash(String text) {
        String secret = known;
        if (secret == null) {
            secret = catalog.settingOrInsert(setting, secrets::make).value();
            known = secret;
        }
        return Secrets.hash(secret, text);
    }
}
