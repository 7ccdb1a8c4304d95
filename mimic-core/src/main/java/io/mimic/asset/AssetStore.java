package io.mimic.asset;

import io.mimic.archive.SessionArchive;
import io.mimic.archive.WorkFolder;
import io.mimic.catalog.AssetRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts assets into the archive, once each: the object first, under a name that nobody else uses, then the row that names it. Whoever comes second
 * removes his own object; one that no row names is swept.
 */
final class AssetStore {
    private static final Logger LOG = System.getLogger(AssetStore.class.getName());

    private final SessionArchive archive;
    private final SessionCatalog catalog;
    private final WorkFolder folder;
    private final Clock clock;

    AssetStore(SessionArchive archive, SessionCatalog catalog, WorkFolder folder, Clock clock) {
        this.archive = archive;
        this.catalog = catalog;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * @return its hash; empty when the session was erased
     * @throws StoreException when a store failed
     */
    Optional<String> keep(String project, UUID session, String url, Fetched.Content content) throws IOException {
        String sha256 = sha256(content.bytes());
        if (refer(project, session, url, sha256)) {
            return Optional.of(sha256);
        }
        String unique = Long.toHexString(UUID.randomUUID().getMostSignificantBits() >>> 32);
        String object = project + "/assets/" + sha256 + "." + unique;
        put(object, content.bytes());
        boolean named = false;
        boolean unsure = true;
        try {
            AssetRow asset = new AssetRow(sha256, object, content.type(), content.bytes().length);
            Optional<AssetRow> kept = catalog.assets().keep(project, session, url, asset, clock.millis());
            unsure = false;
            named = kept.map(AssetRow::object).filter(object::equals).isPresent();
            return kept.map(AssetRow::sha256);
        } finally {
            // An answer that was lost leaves open whether the row is there: then the sweep decides.
            if (!named && !unsure) {
                delete(object);
            }
        }
    }

    /** @return false when the project does not have it */
    boolean refer(String project, UUID session, String url, String sha256) {
        return catalog.assets().refer(project, session, url, sha256);
    }

    private void put(String object, byte[] bytes) throws IOException {
        Path temporary = folder.newFile("asset");
        try {
            Files.write(temporary, bytes);
            archive.put(object, temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void delete(String object) {
        try {
            archive.delete(object);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "The object " + object + " is left to the sweep.", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
