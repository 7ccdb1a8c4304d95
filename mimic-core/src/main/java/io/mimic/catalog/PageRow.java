package io.mimic.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one segment holds of one page. Times are by the browser's clock, ms since the epoch: {@code skewMs} is not applied.
 *
 * @param page the recorder's run
 * @param window its tab
 * @param url last address that is known; null when none is
 * @param title last title that is known; null when none is
 * @param firstAt time of its earliest event; 0 without events
 * @param lastAt time of its latest event; 0 without events
 * @param skewMs browser's clock minus server's, as measured with the page's first batch
 * @param seqs exactly the batches that the segment holds, as ranges {@code "0-4,6,9-12"}
 * @param snapshots times of full snapshots
 */
public record PageRow(
        String page,
        String window,
        @Nullable String url,
        @Nullable String title,
        long firstAt,
        long lastAt,
        long skewMs,
        String seqs,
        List<Long> snapshots) {
    /** Window of what the server itself saw, which is no tab and no page that anybody looked at. */
    public static final String SERVER_WINDOW = "server";

    public PageRow {
        snapshots = List.copyOf(snapshots);
    }

    /** Whether it holds what the server itself saw. */
    public boolean ofServer() {
        return window.equals(SERVER_WINDOW);
    }
}
