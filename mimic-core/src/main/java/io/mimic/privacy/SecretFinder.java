package io.mimic.privacy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds in UTF-8 text, or in the inside of a JSON string as it is written, what no recording should hold. Time is linear in the text:
 * no step looks further than a few hundred bytes, but for a web token, which is looked for once in each run of its characters, and a credential,
 * which ends at the next blank.
 *
 * @param mail whether e-mail addresses are among it
 * @param prose whether the text is one that people read
 * @param escapes whether a backslash begins an escape of JSON
 */
record SecretFinder(boolean mail, boolean prose, boolean escapes) {
    private static final byte PLAIN = 0;
    private static final byte QUOTE = 1;
    private static final byte ESCAPE = 2;
    private static final byte DIGIT = 3;
    private static final byte OTHER = 4;
    private static final byte CONTROL = 5;
    private static final byte[] KINDS = new byte[256];

    static {
        Arrays.fill(KINDS, 0, 0x20, CONTROL);
        KINDS['"'] = QUOTE;
        KINDS['\\'] = ESCAPE;
        Arrays.fill(KINDS, '0', '9' + 1, DIGIT);
        for (char other : "@% +y".toCharArray()) {
            KINDS[other] = OTHER;
        }
    }

    /**
     * Looks quickly through the inside of a JSON string for what may be something to be found, or no JSON: the string ends at its quote, or the text at
     * a control character.
     *
     * @return where such a thing is, never within an escape; or the place of the closing quote: then the string is well-formed but for its UTF-8, and
     *     {@link #find} would find nothing
     */
    int suspect(byte[] text, int from) {
        int i = from;
        while (true) {
            byte kind = KINDS[text[i] & 0xFF];
            if (kind == PLAIN) {
                i++;
                continue;
            }
            int next = kind == QUOTE ? i : after(kind, text, from, i);
            if (next == i) {
                return i;
            }
            i = next;
        }
    }

    /** Passes over what is not plain; the same place when that cannot be. */
    private int after(byte kind, byte[] text, int from, int i) {
        return switch (kind) {
            case ESCAPE -> i + Bytes.escape(text, i);
            case DIGIT -> Math.max(i, CardNumber.runEnd(text, i));
            case OTHER -> isSuspect(text, from, i) ? i : i + 1;
            default -> i;
        };
    }

    /** A quote or a control character follows somewhere, so that what is compared lies within the text. */
    private boolean isSuspect(byte[] text, int from, int i) {
        return switch (text[i]) {
            case '@' -> mail;
            case '%' ->
                text[i + 1] == '2' ? text[i + 2] == '0' && mayFollowScheme(text, from, i) : mail && text[i + 1] == '4';
            case 'y' -> i > from && text[i - 1] == 'e';
            default -> mayFollowScheme(text, from, i);
        };
    }

    private static boolean mayFollowScheme(byte[] text, int from, int i) {
        return i - from >= 2 && Credential.mayBeScheme(text[i - 2], text[i - 1]);
    }

    /** Adds what is found in {@code [from, end)}, in order of place. */
    void find(byte[] text, int from, int end, List<Span> found) {
        int floor = from;
        int barren = from;
        int i = from;
        while (i < end) {
            byte b = text[i];
            if (b == '\\' && escapes) {
                i += i + 1 < end && text[i + 1] == 'u' ? 6 : 2;
                floor = Math.min(i, end);
                continue;
            }
            Span span = isInteresting(b) ? at(text, floor, i, end) : null;
            if (span == null && b == 'e' && i >= barren && isTokenStart(text, floor, i, end)) {
                span = Credential.webToken(text, i, end);
                barren = Credential.runEnd(text, i, end); // where the first of a run is none, none is
            }
            if (span == null) {
                i++;
            } else {
                found.add(span);
                i = span.to();
                floor = i;
            }
        }
    }

    private static boolean isInteresting(byte b) {
        return b == '@' || b == ' ' || b == '%' || b == '+' || (b >= '0' && b <= '9');
    }

    private static boolean isTokenStart(byte[] text, int floor, int i, int end) {
        return is(text, i, end, "eyJ") && Bytes.beginsWord(text, floor, i);
    }

    private @Nullable Span at(byte[] text, int floor, int i, int end) {
        return switch (text[i]) {
            case '@' -> mail ? MailAddress.around(text, floor, i, i + 1, end) : null;
            case '%' -> encoded(text, floor, i, end);
            case ' ' -> Credential.afterScheme(text, floor, i, end, prose);
            case '+' -> Credential.afterSchemeInUrl(text, floor, i, i + 1, end);
            default -> card(text, floor, i, end);
        };
    }

    private @Nullable Span encoded(byte[] text, int floor, int i, int end) {
        if (is(text, i, end, "%20")) {
            return Credential.afterSchemeInUrl(text, floor, i, i + 3, end);
        }
        return mail && is(text, i, end, "%40") ? MailAddress.around(text, floor, i, i + 3, end) : null;
    }

    private static @Nullable Span card(byte[] text, int floor, int i, int end) {
        if (!Bytes.beginsWord(text, floor, i) || (i > floor && text[i - 1] == '.')) {
            return null;
        }
        int to = CardNumber.end(text, i, end);
        return to < 0 ? null : new Span(i, to);
    }

    private static boolean is(byte[] text, int i, int end, String word) {
        if (i + word.length() > end) {
            return false;
        }
        for (int n = 0; n < word.length(); n++) {
            if (text[i + n] != word.charAt(n)) {
                return false;
            }
        }
        return true;
    }
}
