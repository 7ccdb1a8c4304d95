package io.mimic.privacy;

import org.jspecify.annotations.Nullable;

/** JSON Web Tokens, and what follows the name of an HTTP authentication scheme. */
final class Credential {
    private static final int SHORTEST = 6;
    private static final int LONG = 24;

    private Credential() {}

    /** @param at where {@code eyJ} begins */
    static @Nullable Span webToken(byte[] text, int at, int end) {
        int header = runEnd(text, at + 3, end);
        if (header - at < 11 || header == end || text[header] != '.') {
            return null;
        }
        int claims = runEnd(text, header + 1, end);
        if (claims - header <= 4) {
            return null;
        }
        int to = claims < end && text[claims] == '.' ? runEnd(text, claims + 1, end) : claims;
        return new Span(at, to);
    }

    /**
     * @param space the space after what may be a scheme
     * @param prose whether the text is one that people read: then a word is no credential
     */
    static @Nullable Span afterScheme(byte[] text, int floor, int space, int end, boolean prose) {
        boolean bearer = isScheme(text, floor, space, "bearer");
        if (!bearer
                && !isScheme(text, floor, space, "basic")
                && !isScheme(text, floor, space, "digest")
                && !isScheme(text, floor, space, "negotiate")) {
            return null;
        }
        int from = space;
        while (from < end && text[from] == ' ') {
            from++;
        }
        int to = from;
        while (to < end && Bytes.isToken(text[to])) {
            to++;
        }
        boolean certain = bearer && !prose;
        return to - from >= SHORTEST && (certain || looksMade(text, from, to)) ? new Span(from, to) : null;
    }

    /** Whether a name of a scheme may end with these two letters. */
    static boolean mayBeScheme(byte before, byte last) {
        return switch (last | 0x20) {
            case 'r' -> (before | 0x20) == 'e';
            case 'c' -> (before | 0x20) == 'i';
            case 't' -> (before | 0x20) == 's';
            case 'e' -> (before | 0x20) == 't';
            default -> false;
        };
    }

    private static boolean isScheme(byte[] text, int floor, int end, String name) {
        int start = end - name.length();
        return Bytes.endsWith(text, floor, end, name) && (start == floor || !Bytes.isWord(text[start - 1]));
    }

    /** Not a word of any language: with a digit, a capital within, or of great length. */
    private static boolean looksMade(byte[] text, int from, int to) {
        boolean made = to - from >= LONG;
        for (int i = from; i < to && !made; i++) {
            made = Bytes.isDigit(text[i])
                    || text[i] == '='
                    || (i > from && text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a');
        }
        return made;
    }

    /** Where the characters of one part of a web token end. */
    static int runEnd(byte[] text, int from, int end) {
        int i = from;
        while (i < end && (Bytes.isWord(text[i]) || text[i] == '-')) {
            i++;
        }
        return i;
    }
}
