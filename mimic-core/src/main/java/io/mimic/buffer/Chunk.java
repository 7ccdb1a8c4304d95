package io.mimic.buffer;

import org.jspecify.annotations.Nullable;

/**
 * An accepted batch as it lies in the buffer, its events already parted as segments keep them.
 *
 * <p>Both parts hold one line per event: {@code timestamp TAB event-json LF}, in the order in which the batch had them. The JSON
 * is the recorder's own bytes (raw line breaks between tokens replaced by spaces), so that no value is changed on its way.
 *
 * @param window the tab
 * @param page the recorder's run
 * @param seq counts the batches of the page from 0
 * @param skewMs browser's clock minus server's clock when the batch arrived, ms
 * @param summary what ingest counted while it read the batch
 * @param timeline events of the types Meta, Custom and Plugin; may be empty
 * @param dom all other events; may be empty
 * @param sent what both parts can be cut out of, to be stored in their place; null where only they have the batch
 */
public record Chunk(
        String window,
        String page,
        int seq,
        long skewMs,
        BatchSummary summary,
        byte[] timeline,
        byte[] dom,
        @Nullable SentBatch sent) {
    /** Window of the batches that the server makes itself; too short for a browser's. */
    public static final String SERVER_WINDOW = "server";

    public Chunk(String window, String page, int seq, long skewMs, BatchSummary summary, byte[] timeline, byte[] dom) {
        this(window, page, seq, skewMs, summary, timeline, dom, null);
    }

    public ChunkKey key() {
        return new ChunkKey(page, seq);
    }

    /** Bytes that this batch occupies uncompressed. */
    public long rawBytes() {
        return (long) timeline.length + dom.length;
    }
}
