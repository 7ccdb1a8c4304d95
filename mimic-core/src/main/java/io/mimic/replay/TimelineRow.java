package io.mimic.replay;

/** One row of a timeline's list, its members already written as JSON. */
final class TimelineRow {
    private final long at;
    private final RecordedPage page;
    private final byte[] members;
    private int index = -1;

    /**
     * @param at skew applied
     * @param members a JSON object without {@code at}, {@code window} and {@code page}
     */
    TimelineRow(long at, RecordedPage page, byte[] members) {
        this.at = at;
        this.page = page;
        this.members = members;
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

    /** Its place in its list once that is in order; −1 before. */
    int index() {
        return index;
    }

    void place(int newIndex) {
        index = newIndex;
    }
}
