package io.mimic.catalog;

import java.util.List;

/**
 * One archived run of a session's events: where it lies and exactly which batches it holds.
 *
 * @param number counts the session's segments from 1: the epoch under which it was committed
 * @param object name in the archive
 * @param codec how its two parts are compressed
 * @param timelineBytes length of the timeline part, which begins at offset 0
 * @param domBytes length of the DOM part, which follows
 * @param rawBytes bytes of both before compression
 * @param sha256 hash of the whole object, hex
 * @param firstAt time of its earliest event, ms since the epoch, skew applied; 0 without events
 * @param lastAt time of its latest event, ms since the epoch, skew applied; 0 without events
 * @param pages what it holds of each page, in the order in which the object has them
 */
public record SegmentRow(
        long number,
        String object,
        String codec,
        long timelineBytes,
        long domBytes,
        long rawBytes,
        String sha256,
        long firstAt,
        long lastAt,
        SegmentCounts counts,
        List<PageRow> pages) {
    public SegmentRow {
        pages = List.copyOf(pages);
    }
}
