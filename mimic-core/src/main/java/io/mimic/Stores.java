package io.mimic;

import io.mimic.archive.SessionArchive;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.AccessCatalog;
import io.mimic.catalog.AssetCatalog;
import io.mimic.catalog.SessionCatalog;
import io.mimic.metric.Counters;
import io.mimic.metric.StoreKind;

/** The three stores of a running pipeline, each usable before it is open. Thread-safe. */
final class Stores {
    private final Deferred<SessionBuffer> buffer;
    private final Deferred<SessionArchive> archive;
    private final Deferred<SessionCatalog> catalog;

    /** @param counters of the calls that a store fails */
    Stores(Counters counters) {
        buffer = new Deferred<>(SessionBuffer.class, StoreKind.BUFFER, counters);
        archive = new Deferred<>(SessionArchive.class, StoreKind.ARCHIVE, counters);
        catalog = new Deferred<>(
                SessionCatalog.class, StoreKind.CATALOG, counters, AccessCatalog.class, AssetCatalog.class);
    }

    Deferred<SessionBuffer> buffer() {
        return buffer;
    }

    Deferred<SessionArchive> archive() {
        return archive;
    }

    Deferred<SessionCatalog> catalog() {
        return catalog;
    }

    boolean allOpen() {
        return buffer.isOpen() && archive.isOpen() && catalog.isOpen();
    }

    /** From now on every call fails with this reason. */
    void shut(String because) {
        buffer.shut(because);
        archive.shut(because);
        catalog.shut(because);
    }
}
