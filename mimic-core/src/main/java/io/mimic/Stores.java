package io.mimic;

import io.mimic.archive.SessionArchive;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;

/** The three stores of a running pipeline, each usable before it is open. Thread-safe. */
final class Stores {
    private final Deferred<SessionBuffer> buffer = new Deferred<>(SessionBuffer.class, "buffer");
    private final Deferred<SessionArchive> archive = new Deferred<>(SessionArchive.class, "archive");
    private final Deferred<SessionCatalog> catalog = new Deferred<>(SessionCatalog.class, "catalog");

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
