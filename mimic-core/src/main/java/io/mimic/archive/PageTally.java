package io.mimic.archive;

import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Chunk;
import io.mimic.catalog.PageRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run of batches adds up to for one page. Not thread-safe. */
final class PageTally {
    private final String page;
    private final String window;
    private final SeqRanges seqs = new SeqRanges();
    private final List<Long> snapshots = new ArrayList<>();
    private boolean hasEvents;
    private long firstAt;
    private long lastAt;
    private int lowestSeq = Integer.MAX_VALUE;
    private int urlSeq = -1;
    private int titleSeq = -1;
    private long skewMs;
    private @Nullable String url;
    private @Nullable String title;

    PageTally(String page, String window) {
        this.page = page;
        this.window = window;
    }

    /** @param knownSkew the page's skew when its first batch lies elsewhere */
    void add(Chunk chunk, @Nullable Long knownSkew) {
        BatchSummary batch = chunk.summary();
        seqs.add(chunk.seq());
        snapshots.addAll(batch.snapshots());
        if (batch.events() > 0) {
            firstAt = hasEvents ? Math.min(firstAt, batch.firstAt()) : batch.firstAt();
            lastAt = hasEvents ? Math.max(lastAt, batch.lastAt()) : batch.lastAt();
            hasEvents = true;
        }
        if (chunk.seq() < lowestSeq) {
            lowestSeq = chunk.seq();
            skewMs = chunk.seq() == 0 || knownSkew == null ? chunk.skewMs() : knownSkew;
        }
        if (batch.url() != null && chunk.seq() > urlSeq) {
            urlSeq = chunk.seq();
            url = batch.url();
        }
        if (batch.title() != null && chunk.seq() > titleSeq) {
            titleSeq = chunk.seq();
            title = batch.title();
        }
    }

    PageRow row() {
        return new PageRow(
                page,
                window,
                url,
                title,
                firstAt,
                lastAt,
                skewMs,
                seqs.toString(),
                snapshots.stream().sorted().distinct().toList());
    }

    boolean ofServer() {
        return window.equals(PageRow.SERVER_WINDOW);
    }

    boolean hasEvents() {
        return hasEvents;
    }

    long skewMs() {
        return skewMs;
    }

    @Nullable
    String url() {
        return url;
    }

    @Nullable
    String title() {
        return title;
    }

    /** Time of the earliest event, skew applied. */
    long firstCorrected() {
        return firstAt - ClockSkew.correction(skewMs);
    }

    /** Time of the latest event, skew applied. */
    long lastCorrected() {
        return lastAt - ClockSkew.correction(skewMs);
    }
}
