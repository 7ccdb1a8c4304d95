package io.mimic.replay;

import org.jspecify.annotations.Nullable;

/** One row of a timeline's list, its members already written as JSON. */
final class TimelineRow {
    private final long at;
    private final RecordedPage page;
    private final byte[] members;
    private final @Nullable String traceId;
    private int index = -1;

    /**
     * @param at skew applied
     * @param members a JSON object without {@code at}, {@code window} and {@code page}
     * @param traceId joins a request with what the server tells of it
     */
    TimelineRow(long at, RecordedPage page, byte[] members, @Nullable String traceId) {
        this.at = at;
        this.page = page;
        this.members = members;
        this.traceId = traceId;
    }

    long at() {
        return at;
    }

    RecordedPage page() {
        return page;
    }

    byte[] members() {
        return members;
    }

    @Nullable
    String traceId() {
        return traceId;
    }

    /** Its place in its list once that is in order; −1 before. */
    int index() {
        return index;
    }

    void place(int newIndex) {
        index = newIndex;
    }
}
