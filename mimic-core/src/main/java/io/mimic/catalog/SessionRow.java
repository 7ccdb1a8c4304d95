package io.mimic.catalog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is listed. Times are ms since the epoch, skew applied; text that is unknown is null.
 *
 * @param active false once it ended
 * @param startedAt time of its first event
 * @param endedAt time of its last event
 * @param landingUrl first address
 * @param url last address
 * @param traits JSON object
 * @param pages number of pages (recorder runs)
 * @param bytes compressed bytes in the archive
 * @param client the client metadata as it was kept, a JSON object, for what has no column
 * @param activity user events in up to 32 equal slices of the session, scaled to 100
 */
public record SessionRow(
        String project,
        UUID id,
        boolean active,
        long startedAt,
        long endedAt,
        @Nullable String landingUrl,
        @Nullable String url,
        @Nullable String title,
        int pages,
        int windows,
        long events,
        long errors,
        long failedRequests,
        long consoleErrors,
        long rageClicks,
        @Nullable String user,
        @Nullable String traits,
        @Nullable String ip,
        @Nullable String browser,
        @Nullable String browserVersion,
        @Nullable String os,
        @Nullable String osVersion,
        @Nullable String device,
        @Nullable String language,
        @Nullable String timeZone,
        @Nullable String country,
        @Nullable String countryCode,
        @Nullable String region,
        @Nullable String city,
        long bytes,
        @Nullable String client,
        List<Integer> activity) {
    public long durationMs() {
        return Math.max(0, endedAt - startedAt);
    }
}
