package io.mimic.ingest;

import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import io.mimic.project.Projects;
import io.mimic.session.Clients;
import io.mimic.session.SessionTokens;
import java.time.Clock;

/** Takes batches: decodes, checks, counts, finds the session, appends to the buffer. Thread-safe. */
public final class Ingestor implements AutoCloseable {
    Ingestor() {}

    /**
     * Starts to take batches. The stores stay the caller's, who closes them after this; a store that is not open yet may throw {@link
     * io.mimic.store.StoreException}, which is answered as 503.
     */
    public static Ingestor open(
            IngestSettings settings,
            Projects projects,
            SessionTokens tokens,
            Clients clients,
            SessionBuffer buffer,
            SessionCatalog catalog,
            Clock clock) {
        throw new UnsupportedOperationException(
                "" + settings + buffer + catalog + clock + projects.own() + clients.row(null) + tokens.ready());
    }

    /**
     * Takes one batch. When this returns, the batch is durable in the buffer.
     *
     * @throws BatchRejectedException when it is not accepted, with the answer to give; nothing was stored. Store failures are among
     *     them, as 503.
     */
    public IngestResult ingest(IngestRequest request) throws BatchRejectedException {
        throw new UnsupportedOperationException(String.valueOf(request));
    }

    /** Whether a page of this origin, which is not the host's own, may send batches here and read the answer. */
    public boolean allowsOrigin(String origin) {
        throw new UnsupportedOperationException(origin);
    }

    /** Tells the catalog what it was not told yet, for at most a second, and stops. */
    @Override
    public void close() {}
}
