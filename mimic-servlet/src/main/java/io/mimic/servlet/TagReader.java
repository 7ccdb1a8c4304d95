package io.mimic.servlet;

/** Reads one tag, from its name to the {@code >} that ends it. */
final class TagReader {
    private static final int LONGEST_KEPT = 64;
    private static final String MARK = "data-mimic-project";
    private static final String MARKED_FILE = "mimic/recorder.js";
    private static final String MARKED_ELEMENT = "script";
    private static final String SOURCE = "src";

    private final StringBuilder letters = new StringBuilder();
    private final StringBuilder attribute = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private State state = State.NAME;
    private String name = "";
    private boolean closing;
    private boolean mayMark;
    private boolean keepsValue;
    private boolean marked;

    void begin(boolean closing) {
        this.closing = closing;
        letters.setLength(0);
        state = State.NAME;
        marked = false;
    }

    /** Begins behind the name of an end tag. */
    void beginNamed(String known) {
        begin(true);
        letters.append(known);
    }

    boolean closing() {
        return closing;
    }

    /** Once it is whole. */
    String name() {
        return name;
    }

    /** Whether this is a recorder's tag, by one of its attributes. */
    boolean marksRecorder() {
        return marked;
    }

    /** The only unit that now means something; -1 while each one counts. */
    int awaited() {
        return switch (state) {
            case DOUBLE_QUOTED -> keepsValue ? HeadScanner.NONE : '"';
            case SINGLE_QUOTED -> keepsValue ? HeadScanner.NONE : '\'';
            case NAME, BETWEEN, ATTRIBUTE, AFTER_ATTRIBUTE, VALUE_START, UNQUOTED -> HeadScanner.NONE;
        };
    }

    Event accept(int c) {
        return switch (state) {
            case NAME -> name(c);
            case BETWEEN -> between(c);
            case ATTRIBUTE -> attribute(c);
            case AFTER_ATTRIBUTE -> afterAttribute(c);
            case VALUE_START -> valueStart(c);
            case DOUBLE_QUOTED -> quoted(c, '"');
            case SINGLE_QUOTED -> quoted(c, '\'');
            case UNQUOTED -> unquoted(c);
        };
    }

    private Event name(int c) {
        if (c != '>' && c != '/' && !space(c)) {
            keep(letters, c);
            return Event.MORE;
        }
        name = letters.toString();
        mayMark = !closing && name.equals(MARKED_ELEMENT);
        state = State.BETWEEN;
        return c == '>' ? Event.NAMED_AND_ENDED : Event.NAMED;
    }

    private Event between(int c) {
        if (c == '>') {
            return Event.ENDED;
        }
        if (!space(c) && c != '/') {
            attribute.setLength(0);
            value.setLength(0);
            keepAttribute(c);
            state = State.ATTRIBUTE;
        }
        return Event.MORE;
    }

    private Event attribute(int c) {
        if (c == '=') {
            state = State.VALUE_START;
        } else if (space(c)) {
            state = State.AFTER_ATTRIBUTE;
        } else if (c == '/' || c == '>') {
            return attributeEnds(c);
        } else {
            keepAttribute(c);
        }
        return Event.MORE;
    }

    private Event afterAttribute(int c) {
        if (c == '=') {
            state = State.VALUE_START;
            return Event.MORE;
        }
        return space(c) ? Event.MORE : attributeEnds(c);
    }

    private Event valueStart(int c) {
        keepsValue = mayMark && SOURCE.contentEquals(attribute);
        if (c == '"') {
            state = State.DOUBLE_QUOTED;
        } else if (c == '\'') {
            state = State.SINGLE_QUOTED;
        } else if (c == '>') {
            return attributeEnds(c);
        } else if (!space(c)) {
            keepValue(c);
            state = State.UNQUOTED;
        }
        return Event.MORE;
    }

    private Event quoted(int c, char quote) {
        if (c == quote) {
            return attributeEnds(' ');
        }
        keepValue(c);
        return Event.MORE;
    }

    private Event unquoted(int c) {
        if (space(c) || c == '>') {
            return attributeEnds(c);
        }
        keepValue(c);
        return Event.MORE;
    }

    private Event attributeEnds(int next) {
        marked |= mayMark && (MARK.contentEquals(attribute) || (keepsValue && isRecorder(value.toString())));
        keepsValue = false;
        state = State.BETWEEN;
        return between(next);
    }

    private static boolean isRecorder(String source) {
        int query = source.indexOf('?');
        return (query < 0 ? source : source.substring(0, query)).endsWith(MARKED_FILE);
    }

    private void keepAttribute(int c) {
        if (mayMark) {
            keep(attribute, c);
        }
    }

    private void keepValue(int c) {
        if (keepsValue) {
            keep(value, c);
        }
    }

    private static void keep(StringBuilder text, int c) {
        if (text.length() == LONGEST_KEPT * 8) {
            text.delete(0, LONGEST_KEPT * 7);
        }
        text.append((char) lower(c));
    }

    static boolean space(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
    }

    static boolean letter(int c) {
        return lower(c) >= 'a' && lower(c) <= 'z';
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    enum Event {
        MORE,
        /** The name is whole. */
        NAMED,
        ENDED,
        NAMED_AND_ENDED
    }

    private enum State {
        NAME,
        BETWEEN,
        ATTRIBUTE,
        AFTER_ATTRIBUTE,
        VALUE_START,
        DOUBLE_QUOTED,
        SINGLE_QUOTED,
        UNQUOTED
    }
}
