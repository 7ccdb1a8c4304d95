package io.mimic.privacy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

    /**
     * Where a URL writes the blank as {@code %20} or {@code +}, and people search for words: what follows {@code Bearer} counts with a digit, what
     * follows {@code Basic} when it is base64 of a name and a password.
     *
     * @param blank the blank after what may be a scheme
     * @param from what follows the blank
     */
    static @Nullable Span afterSchemeInUrl(byte[] text, int floor, int blank, int from, int end) {
        boolean bearer = isScheme(text, floor, blank, "bearer");
        if (!bearer && !isScheme(text, floor, blank, "basic")) {
            return null;
        }
        int to = encodedEnd(text, from, end, text[blank] == '+');
        String plain = URLDecoder.decode(
                new String(text, from, to - from, StandardCharsets.US_ASCII).replace("+", "%2B"),
                StandardCharsets.US_ASCII);
        boolean secret = bearer ? plain.chars().anyMatch(c -> Bytes.isDigit((byte) c)) : isNameAndPassword(plain);
        return plain.length() >= SHORTEST && secret ? new Span(from, to) : null;
    }

    /** Where a credential ends whose characters may be percent-encoded. Never looks beyond the next blank. */
    private static int encodedEnd(byte[] text, int from, int end, boolean plusIsBlank) {
        int i = from;
        while (i < end) {
            boolean encoded = text[i] == '%' && i + 2 < end && Bytes.isHex(text[i + 1]) && Bytes.isHex(text[i + 2]);
            int c = encoded ? Character.digit(text[i + 1], 16) << 4 | Character.digit(text[i + 2], 16) : text[i];
            if (!Bytes.isToken((byte) c) || (plusIsBlank && text[i] == '+')) {
                return i;
            }
            i += encoded ? 3 : 1;
        }
        return i;
    }

    private static boolean isNameAndPassword(String base64) {
        int padding = base64.indexOf('=');
        int length = padding < 0 ? base64.length() : padding;
        try {
            byte[] pair = Base64.getDecoder().decode(base64.substring(0, length / 4 * 4));
            int name = 0;
            while (name < pair.length && pair[name] != ':' && pair[name] >= ' ') {
                name++;
            }
            return name < pair.length && pair[name] == ':';
        } catch (IllegalArgumentException e) {
            return false; // of other characters
        }
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
        return Bytes.endsWith(text, floor, end, name) && Bytes.beginsWord(text, floor, start);
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
