package io.mimic.catalog;

/** What a segment adds to its session's counts. */
public record SegmentCounts(long events, long errors, long failedRequests, long consoleErrors, long rageClicks) {}
