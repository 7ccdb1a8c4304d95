package io.mimic.replay;

import org.jspecify.annotations.Nullable;

/**
 * A moment on the time line.
 *
 * @param at skew applied
 * @param row what it points to; null when that is in no list
 */
record TimelineMarker(
        long at,
        RecordedPage page,
        String kind,
        String label,
        @Nullable TimelineRow row) {}
