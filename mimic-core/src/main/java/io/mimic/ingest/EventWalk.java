package io.mimic.ingest;

import io.mimic.privacy.Scrubber;
import io.mimic.privacy.SuspectTexts;
import java.io.IOException;
import java.util.Arrays;

/**
 * Walks once through the bytes of an event as recorders write it: sees to it that it is JSON, finds where it ends, what it is of, and which of
 * its texts the scrubber has to look at. This is what a server that takes batches spends its time on, and a general parser, which makes
 * tokens and names of all of it, needs three times as long. Whatever is unusual (and whatever is wrong) is left to that parser: {@link
 * EventReader}. Not thread-safe.
 */
final class EventWalk {
    private static final int LONGEST_NUMBER = 1_000;
    private static final int LONGEST_NAME = 10_000;
    private static final int TIME_DIGITS = 15;
    private static final int SOURCE_DIGITS = 9;
    /** Of an event; more would take more memory than the event itself. */
    private static final int MOST_SUSPECTS = 100_000;

    /** No index: the event is to be left to the parser. */
    private static final int UNUSUAL = -1;

    /** Members that matter; UNCLEAR may be one. */
    private enum Member {
        OTHER(""),
        UNCLEAR(""),
        TYPE("type"),
        TIMESTAMP("timestamp"),
        DATA("data"),
        SOURCE("source"),
        PLUGIN("plugin");

        private final String word;

        Member(String word) {
            this.word = word;
        }
    }

    private final EventBytes in;
    private final int deepest;
    private final SuspectTexts suspects = new SuspectTexts();
    /** What was read so far; a byte 0 is after it. */
    private byte[] bytes;

    /** The bracket that closes what is open, at each depth. */
    private byte[] closing = new byte[32];

    private int depth;
    private boolean opened;
    private Member member = Member.OTHER;
    private boolean breaks;
    private boolean inData;
    private int type;
    private long timestamp;
    private int source;
    private boolean hasData;
    private boolean identity;

    /** @param deepest how deep arrays and objects may lie in each other, the event itself being one */
    EventWalk(EventBytes in, int deepest) {
        this.in = in;
        this.bytes = in.array();
        this.deepest = deepest;
    }

    /**
     * Walks through one event.
     *
     * @param from where it begins, with its brace
     * @return where it ends; negative when it is no event that is written in the usual way
     */
    int event(int from) throws IOException {
        suspects.clear();
        bytes = in.array();
        breaks = false;
        inData = false;
        type = -1;
        timestamp = -1;
        source = -1;
        hasData = false;
        identity = false;
        return byteAt(from) == '{' ? walk(from) : UNUSUAL;
    }

    /** What the event is of that was walked through last. */
    EventFacts facts() {
        return new EventFacts(type, timestamp, source, hasData, identity, breaks);
    }

    SuspectTexts suspects() {
        return suspects;
    }

    /** The index of the next byte that is no blank; where the stream ends, a byte 0 is there. */
    int blanks(int from) throws IOException {
        return bytes[from] > ' ' ? from : blanksAndMore(from);
    }

    private int blanksAndMore(int from) throws IOException {
        int i = from;
        while (true) {
            while (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\n' || bytes[i] == '\r') {
                breaks |= bytes[i] < ' ';
                i++;
            }
            if (i < in.end() || !more()) {
                return i;
            }
        }
    }

    byte byteAt(int i) throws IOException {
        while (i >= in.end()) {
            if (!more()) {
                return 0;
            }
        }
        return bytes[i];
    }

    private boolean more() throws IOException {
        boolean more = in.more();
        bytes = in.array();
        return more;
    }

    private int walk(int from) throws IOException {
        depth = 1;
        closing[1] = '}';
        boolean first = true;
        int i = from + 1;
        while (depth > 0) {
            i = blanks(i);
            if (!first || !closes(i)) {
                i = element(i);
                if (i < 0) {
                    return UNUSUAL;
                }
                if (opened) {
                    first = true;
                    continue;
                }
                i = blanks(i);
            }
            i = close(i);
            if (depth > 0 && bytes[i++] != ',') {
                return UNUSUAL;
            }
            first = false;
        }
        return i;
    }

    private boolean closes(int i) {
        return bytes[i] == closing[depth];
    }

    /** Passes over the brackets that close here. */
    private int close(int from) throws IOException {
        int i = from;
        while (depth > 0 && closes(i)) {
            depth--;
            inData &= depth > 1;
            i = depth == 0 ? i + 1 : blanks(i + 1);
        }
        return i;
    }

    /** @return where it ends, or where the inside of what it opens begins */
    private int element(int from) throws IOException {
        member = Member.OTHER;
        int i = closing[depth] == '}' ? name(from) : from;
        if (i < 0) {
            return UNUSUAL;
        }
        byte first = bytes[i];
        opened = first == '{' || first == '[';
        if (opened) {
            return open(first) ? i + 1 : UNUSUAL;
        }
        return member == Member.OTHER ? value(i, first) : wanted(i, first);
    }

    /** @return where the member's value begins */
    private int name(int from) throws IOException {
        if (bytes[from] != '"') {
            return UNUSUAL;
        }
        int to = text(from + 1);
        if (to < 0 || to - from > LONGEST_NAME) {
            return UNUSUAL;
        }
        if (depth == 1 || (depth == 2 && inData)) {
            member = member(from + 1, to - 1);
        }
        int colon = blanks(to);
        return bytes[colon] == ':' && member != Member.UNCLEAR ? blanks(colon + 1) : UNUSUAL;
    }

    private Member member(int from, int to) {
        Member named = named(from, to);
        return named == Member.OTHER && hasEscape(from, to) ? Member.UNCLEAR : named;
    }

    private Member named(int from, int to) {
        if (depth == 2) {
            return is(Member.SOURCE.word, from, to)
                    ? Member.SOURCE
                    : is(Member.PLUGIN.word, from, to) ? Member.PLUGIN : Member.OTHER;
        }
        if (is(Member.TYPE.word, from, to)) {
            return Member.TYPE;
        }
        return is(Member.TIMESTAMP.word, from, to)
                ? Member.TIMESTAMP
                : is(Member.DATA.word, from, to) ? Member.DATA : Member.OTHER;
    }

    private boolean hasEscape(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private boolean is(String word, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an object or array may stand here. */
    private boolean open(byte bracket) {
        boolean usual = member != Member.TYPE && member != Member.TIMESTAMP;
        if (member == Member.DATA) {
            usual = !hasData && bracket == '{';
            hasData = true;
            inData = true;
        }
        if (++depth == closing.length) {
            closing = Arrays.copyOf(closing, depth * 2);
        }
        closing[depth] = (byte) (bracket == '{' ? '}' : ']');
        return usual && depth <= deepest;
    }

    private int wanted(int from, byte first) throws IOException {
        int to = value(from, first);
        if (to < 0) {
            return UNUSUAL;
        }
        boolean number = first == '-' || isDigit(first);
        return switch (member) {
            case TYPE -> number && to - from == 1 && type(whole(from, to)) ? to : UNUSUAL;
            case TIMESTAMP -> number && to - from <= TIME_DIGITS && timestamp(whole(from, to)) ? to : UNUSUAL;
            case SOURCE -> !number || (to - from <= SOURCE_DIGITS && source(whole(from, to))) ? to : UNUSUAL;
            case PLUGIN -> first != '"' || plugin(from + 1, to - 1) ? to : UNUSUAL;
            default -> UNUSUAL;
        };
    }

    private boolean type(long value) {
        boolean usual = type < 0 && value >= 0 && value <= EventReader.LAST_TYPE;
        type = (int) value;
        return usual;
    }

    private boolean timestamp(long value) {
        boolean usual = timestamp < 0 && value >= 0;
        timestamp = value;
        return usual;
    }

    private boolean source(long value) {
        source = (int) value;
        return value >= 0;
    }

    private boolean plugin(int from, int to) {
        identity = is("mimic/identify@1", from, to);
        return !hasEscape(from, to);
    }

    /** Negative when it is written in another way than with digits alone. */
    private long whole(int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    /** A text, number or word. */
    private int value(int from, byte first) throws IOException {
        return switch (first) {
            case '"' -> text(from + 1);
            case 't' -> word(from, "true");
            case 'f' -> word(from, "false");
            case 'n' -> word(from, "null");
            default -> number(from);
        };
    }

    private int word(int from, String word) throws IOException {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(from + i) != word.charAt(i)) {
                return UNUSUAL;
            }
        }
        return from + word.length();
    }

    private int number(int from) throws IOException {
        int start = bytes[from] == '-' ? from + 1 : from;
        int i = start;
        while (isDigit(bytes[i])) {
            i++;
        }
        boolean whole = i > start && (bytes[start] != '0' || i == start + 1) && i - from < LONGEST_NUMBER;
        return whole && (bytes[i] == ',' || bytes[i] == '}' || bytes[i] == ']') ? i : anyNumber(from);
    }

    private int anyNumber(int from) throws IOException {
        int start = byteAt(from) == '-' ? from + 1 : from;
        int i = digits(start);
        if (i == start || (i > start + 1 && bytes[start] == '0')) {
            return UNUSUAL;
        }
        if (byteAt(i) == '.') {
            start = i + 1;
            i = digits(start);
        }
        if (i > start && (byteAt(i) | 0x20) == 'e') {
            byte sign = byteAt(i + 1);
            start = sign == '+' || sign == '-' ? i + 2 : i + 1;
            i = digits(start);
        }
        return i == start || i - from > LONGEST_NUMBER ? UNUSUAL : i;
    }

    private int digits(int from) throws IOException {
        int i = from;
        while (isDigit(byteAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** @return the place after the closing quote */
    private int text(int from) throws IOException {
        int stop = Scrubber.skim(bytes, from);
        return bytes[stop] == '"' ? stop + 1 : suspect(from, stop);
    }

    /** Goes on in a text that has to be looked at, or of which not all was read yet. */
    private int suspect(int from, int at) throws IOException {
        int i = at;
        while (true) {
            byte b = byteAt(i);
            if (b == '"') {
                if (suspects.count() >= MOST_SUSPECTS) {
                    return UNUSUAL;
                }
                suspects.add(from, i);
                return i + 1;
            }
            if (b == '\\') {
                int length = escape(i);
                if (length == 0) {
                    return UNUSUAL;
                }
                i += length;
            } else if (b >= 0 && b < ' ') {
                return UNUSUAL;
            } else {
                i++;
            }
        }
    }

    private int escape(int at) throws IOException {
        byteAt(at + (byteAt(at + 1) == 'u' ? 5 : 1));
        return Scrubber.escape(bytes, at);
    }
}
