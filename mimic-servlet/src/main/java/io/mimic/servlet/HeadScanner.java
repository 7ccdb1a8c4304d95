package io.mimic.servlet;

/**
 * Finds the place for the recorder's tag in a page that is seen unit by unit (a unit is a byte of an ASCII-compatible charset, or a
 * UTF-16 code unit): right after {@code <head …>}, else before the first thing that makes a browser open the head by itself. Follows
 * the tokens of the HTML standard as far as the head goes, so that comments, scripts and attribute values do not mislead it.
 */
final class HeadScanner {
    static final int NONE = -1;

    private final TagReader tag = new TagReader();
    private final boolean anyMarkup;
    private final boolean bytes;
    private State state = State.TEXT;
    private long position;
    private long tokenStart;
    private long insertAt = NONE;
    private boolean document;
    private boolean instrumented;
    private boolean settled;
    private int dashes;
    private boolean fresh;
    private boolean bang;
    private int doctype;
    private String raw = "";
    private int rawMatched;

    /**
     * @param anyMarkup whether markup without doctype, html or head counts as a page
     * @param bytes whether units may be bytes, so that a byte order mark may be three of them
     */
    HeadScanner(boolean anyMarkup, boolean bytes) {
        this.anyMarkup = anyMarkup;
        this.bytes = bytes;
    }

    /** Where the tag belongs, in units from the start; -1 while (or if) there is no place. */
    long insertAt() {
        return insertAt;
    }

    /** Whether a recorder's tag has been seen in the head. */
    boolean instrumented() {
        return instrumented;
    }

    /** Whether more units change nothing. */
    boolean settled() {
        return settled;
    }

    /** First unit of what is not yet understood; what comes before it cannot become the place any more. */
    long undecidedFrom() {
        return insertAt == NONE && state.maybeTag ? tokenStart : position;
    }

    /**
     * The only unit besides 0 that now means something, so that whoever has many at hand may look for it and tell of those before it by
     * {@link #skipped}; -1 while each one counts.
     */
    int awaited() {
        return switch (state) {
            case RAW -> rawMatched == 0 ? '<' : NONE;
            case TAG -> tag.awaited();
            case COMMENT -> dashes == 0 && !bang && !fresh ? '-' : NONE;
            case BOGUS -> '>';
            case TEXT, OPEN, DECLARATION, END_OPEN -> NONE;
        };
    }

    /** So many units came that were neither 0 nor {@link #awaited()}. */
    void skipped(int units) {
        position += units;
    }

    void accept(int unit) {
        if (settled) {
            return;
        }
        if (unit == 0) {
            settled = true; // no HTML in the charset that was promised
            return;
        }
        step(unit);
        position++;
    }

    private void step(int c) {
        switch (state) {
            case TEXT -> text(c);
            case OPEN -> open(c);
            case DECLARATION -> declaration(c);
            case COMMENT -> comment(c);
            case BOGUS -> state = c == '>' ? State.TEXT : State.BOGUS;
            case END_OPEN -> endOpen(c);
            case TAG -> tag(c);
            case RAW -> raw(c);
        }
    }

    private void text(int c) {
        if (c == '<') {
            tokenStart = position;
            state = State.OPEN;
        } else if (!TagReader.space(c) && !byteOrderMark(c)) {
            tokenStart = position;
            content("");
        }
    }

    private boolean byteOrderMark(int c) {
        if (position == 0 && c == 0xfeff) {
            return true;
        }
        return bytes && ((position == 0 && c == 0xef) || (position == 1 && c == 0xbb) || (position == 2 && c == 0xbf));
    }

    private void open(int c) {
        if (c == '!') {
            dashes = 0;
            doctype = 0;
            state = State.DECLARATION;
        } else if (c == '/') {
            state = State.END_OPEN;
        } else if (c == '?') {
            state = State.BOGUS;
        } else if (TagReader.letter(c)) {
            beginTag(c, false);
        } else {
            content("");
            state = State.TEXT;
            text(c);
        }
    }

    private void declaration(int c) {
        if (c == '-' && doctype == 0) {
            if (++dashes == 2) {
                dashes = 0;
                fresh = true;
                bang = false;
                state = State.COMMENT;
            }
            return;
        }
        doctype = dashes == 0 && doctype < 7 && TagReader.lower(c) == "doctype".charAt(doctype) ? doctype + 1 : 8;
        document |= doctype == 7;
        if (c == '>') {
            state = State.TEXT;
        } else if (doctype >= 7) {
            state = State.BOGUS;
        }
    }

    private void comment(int c) {
        if (c == '>' && (dashes >= 2 || bang || fresh)) {
            state = State.TEXT;
        } else if (c == '-') {
            dashes = bang ? 1 : dashes + 1;
            bang = false;
        } else {
            bang = c == '!' && dashes >= 2;
            dashes = 0;
        }
        fresh &= c == '-' && dashes <= 1;
    }

    private void endOpen(int c) {
        if (TagReader.letter(c)) {
            beginTag(c, true);
        } else {
            state = c == '>' ? State.TEXT : State.BOGUS;
        }
    }

    private void beginTag(int c, boolean closing) {
        tag.begin(closing);
        state = State.TAG;
        tag(c);
    }

    private void tag(int c) {
        TagReader.Event event = tag.accept(c);
        if (event == TagReader.Event.NAMED || event == TagReader.Event.NAMED_AND_ENDED) {
            named(tag.name());
        }
        if (tag.marksRecorder()) {
            instrumented = true;
            settled = true;
        }
        if (event == TagReader.Event.ENDED || event == TagReader.Event.NAMED_AND_ENDED) {
            ended(tag.name());
        }
    }

    private void named(String name) {
        if (tag.closing()) {
            if (Html.endsHead(name)) {
                content(name);
            }
        } else if (name.equals("html") || name.equals("head")) {
            document = true;
        } else {
            content(name);
        }
    }

    private void ended(String name) {
        state = State.TEXT;
        if (tag.closing()) {
            return;
        }
        if (name.equals("head") && insertAt == NONE) {
            insertAt = position + 1;
        } else if (Html.hasRawText(name)) {
            raw = name;
            rawMatched = 0;
            state = State.RAW;
        }
    }

    /** Something that is not between the head's tag and the start of the page: in its head, or already in its body. */
    private void content(String name) {
        if (insertAt == NONE) {
            if (anyMarkup || document || Html.startsPage(name)) {
                insertAt = tokenStart;
            } else {
                settled = true;
            }
        }
        if (!Html.belongsToHead(name) || (tag.closing() && Html.endsHead(name))) {
            settled = true;
        }
    }

    private void raw(int c) {
        if (rawMatched == raw.length() + 2 && (TagReader.space(c) || c == '/' || c == '>')) {
            tag.beginNamed(raw);
            state = State.TAG;
            tag(c);
            return;
        }
        int expected = switch (rawMatched) {
            case 0 -> '<';
            case 1 -> '/';
            default -> rawMatched < raw.length() + 2 ? raw.charAt(rawMatched - 2) : NONE;
        };
        rawMatched = TagReader.lower(c) == expected ? rawMatched + 1 : c == '<' ? 1 : 0;
    }

    private enum State {
        TEXT(false),
        OPEN(true),
        DECLARATION(false),
        COMMENT(false),
        BOGUS(false),
        END_OPEN(true),
        TAG(true),
        RAW(false);

        private final boolean maybeTag;

        State(boolean maybeTag) {
            this.maybeTag = maybeTag;
        }
    }
}
