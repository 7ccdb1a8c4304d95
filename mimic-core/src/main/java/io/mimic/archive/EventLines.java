package io.mimic.archive;

/** The form in which chunks and segments hold events: {@code timestamp TAB json LF}. */
final class EventLines {
    static final byte HEADER = '#';
    static final byte END = '\n';
    static final byte TAB = '\t';
    /** Longest digits of a long, with its sign. */
    static final int MAX_TIMESTAMP = 20;

    private EventLines() {}

    /** @throws NumberFormatException when the bytes are not a decimal number */
    static long timestamp(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        int at = negative ? from + 1 : from;
        if (at >= to || to - at > MAX_TIMESTAMP - 1) {
            throw new NumberFormatException("an event's line does not begin with its timestamp");
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("an event's line does not begin with its timestamp");
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }
}
