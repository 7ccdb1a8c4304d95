package io.mimic.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What a batch says of itself before its events.
 *
 * @param sentAt by the browser's clock, ms since the epoch
 * @param meta client metadata, a JSON object
 */
record BatchHead(
        String project,
        String window,
        String page,
        int seq,
        long sentAt,
        @Nullable String token,
        @Nullable String meta) {}
