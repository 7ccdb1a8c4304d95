package io.mimic.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which kept assets a session shows. An asset's row is there for as long as a session refers to it: {@link SessionCatalog#erase} removes it
 * with the last, and names its object. Part of the {@link SessionCatalog}, with the same promises.
 */
public interface AssetCatalog {
    /**
     * Keeps an asset, unless the project has it, and notes that the session shows it at an address, unless the session shows something there already.
     *
     * @param asset whose object is in the archive
     * @param storedAt ms since the epoch
     * @return what the session shows at the address now, perhaps with another object; empty when the session was erased, and nothing was changed
     */
    Optional<AssetRow> keep(String project, UUID session, String url, AssetRow asset, long storedAt);

    /**
     * Notes that the session shows an asset that the project has already.
     *
     * @return false when the project does not have it any more, or the session was erased; nothing was changed
     */
    boolean refer(String project, UUID session, String url, String sha256);

    /** Everything that a session shows, in order of the addresses. */
    List<SessionAsset> list(String project, UUID session);

    /** One asset, if that session shows it. */
    Optional<AssetRow> find(String project, UUID session, String sha256);
}
