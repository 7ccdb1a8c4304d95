package io.mimic.replay;

import io.mimic.archive.ClockSkew;
import io.mimic.archive.SeqRanges;
import io.mimic.catalog.PageRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One page of a session, put together from all segments and from what the buffer still holds of it. Times have the skew applied. */
final class RecordedPage {
    private final String id;
    private final String window;
    private final long skewMs;
    private long correction;
    private final SeqRanges seqs = new SeqRanges();
    private final List<Run> runs = new ArrayList<>();
    private final TreeSet<Long> snapshots = new TreeSet<>();
    private @Nullable String url;
    private @Nullable String title;
    private long firstAt = Long.MAX_VALUE;
    private long lastAt = Long.MIN_VALUE;

    /** @param first what the earliest source says of it */
    RecordedPage(PageRow first) {
        this.id = first.page();
        this.window = first.window();
        this.skewMs = first.skewMs();
        this.correction = ClockSkew.correction(skewMs);
    }

    /** Brings the server's times to the clock by which a browser's page is shown. */
    void follow(RecordedPage browser) {
        long shift = browser.correction - browser.skewMs;
        if (hasEvents()) {
            firstAt += correction - shift;
            lastAt += correction - shift;
        }
        correction = shift;
    }

    boolean ofServer() {
        return window.equals(PageRow.SERVER_WINDOW);
    }

    /** Adds what a source holds, but for batches that an earlier source has too. */
    void add(Source source, PageRow row) {
        url = row.url() == null ? url : row.url();
        title = row.title() == null ? title : row.title();
        row.snapshots().forEach(at -> snapshots.add(corrected(at)));
        if (row.firstAt() != 0) {
            firstAt = Math.min(firstAt, corrected(row.firstAt()));
            lastAt = Math.max(lastAt, corrected(row.lastAt()));
        }
        SeqRanges rows = SeqRanges.parse(row.seqs());
        for (SeqRanges.Range fresh : rows.without(seqs).ranges()) {
            runs.add(new Run(source, fresh.first(), fresh.last(), row));
        }
        seqs.addAll(rows);
    }

    String id() {
        return id;
    }

    String window() {
        return window;
    }

    @Nullable
    String url() {
        return url;
    }

    @Nullable
    String title() {
        return title;
    }

    long skewMs() {
        return skewMs;
    }

    boolean hasEvents() {
        return firstAt != Long.MAX_VALUE;
    }

    /** Only with events. */
    long firstAt() {
        return firstAt;
    }

    /** Only with events. */
    long lastAt() {
        return lastAt;
    }

    NavigableSet<Long> snapshots() {
        return snapshots;
    }

    /** Batches that never came. */
    List<SeqRanges.Range> holes() {
        return seqs.holes();
    }

    /** What to subtract from times of the browser's clock. */
    long correction() {
        return correction;
    }

    long corrected(long at) {
        return at - correction;
    }

    /** Where its batches lie, in the order of their numbers. */
    List<Run> runs() {
        return runs.stream().sorted(Comparator.comparingInt(Run::first)).toList();
    }

    /**
     * Batches that follow each other in one source.
     *
     * @param first number of the first
     * @param last number of the last, inclusive
     * @param row what the source says of the page
     */
    record Run(Source source, int first, int last, PageRow row) {}
}
