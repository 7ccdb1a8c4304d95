package io.mimic.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of itself before its events.
 *
 * @param sentAt by the browser's clock, ms since the epoch
 * @param meta client metadata, a JSON object
 * @param served ids of the answers that the page came with
 */
record BatchHead(
        String project,
        String window,
        String page,
        int seq,
        long sentAt,
        @Nullable String token,
        @Nullable String meta,
        List<String> served) {}
