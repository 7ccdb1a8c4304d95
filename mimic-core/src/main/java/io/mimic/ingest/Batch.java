package io.mimic.ingest;

import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.SentBatch;
import org.jspecify.annotations.Nullable;

/** A batch that was read and found right. */
record Batch(
        BatchHead head,
        BatchSummary summary,
        byte[] timeline,
        byte[] dom,
        @Nullable SentBatch sent) {
    /** Bytes of its events, uncompressed. */
    long rawBytes() {
        return (long) timeline.length + dom.length;
    }

    Chunk chunk(long skewMs) {
        return new Chunk(head.window(), head.page(), head.seq(), skewMs, summary, timeline, dom, sent);
    }
}
