package io.mimic.ingest;

/** Takes batches: decodes, checks, counts, finds the session, appends to the buffer. Thread-safe. */
public final class Ingestor {
    Ingestor() {}

    /**
     * Takes one batch. When this returns, the batch is durable in the buffer.
     *
     * @throws BatchRejectedException when it is not accepted, with the answer to give; nothing was stored. Store failures are among
     *     them, as 503.
     */
    public IngestResult ingest(IngestRequest request) throws BatchRejectedException {
        throw new UnsupportedOperationException(String.valueOf(request));
    }
}
