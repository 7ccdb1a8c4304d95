package io.mimic.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** E-mail addresses, also where a URL has the sign encoded. Names of files and packages with an @ in them are none. */
final class MailAddress {
    private static final int MAX_LOCAL = 64;
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_ENDING = 24;
    private static final Set<String> FILES = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "css", "js", "mjs", "cjs", "ts", "tsx", "jsx",
            "json", "map", "html", "htm", "xml", "txt", "woff", "woff2", "ttf", "otf", "eot", "mp4", "webm", "pdf",
            "vue", "scss", "less", "gz", "zip", "wasm");

    private MailAddress() {}

    /**
     * @param floor what lies before it does not belong to the address
     * @param at where the sign begins
     * @param after where the sign ends
     */
    static @Nullable Span around(byte[] text, int floor, int at, int after, int end) {
        int from = at;
        while (from > floor && at - from < MAX_LOCAL && isLocal(text[from - 1])) {
            from--;
        }
        while (from < at && !Bytes.isWord(text[from])) {
            from++;
        }
        if (from == at) {
            return null;
        }
        int to = domainEnd(text, after, end);
        return to < 0 ? null : new Span(from, to);
    }

    private static int domainEnd(byte[] text, int from, int end) {
        int to = from;
        int dot = -1;
        while (to < end && to - from < MAX_DOMAIN && isDomain(text[to])) {
            if (text[to] == '.') {
                if (to == from || text[to - 1] == '.') {
                    break;
                }
                dot = to;
            }
            to++;
        }
        while (to > from && (!isLabel(text[to - 1]) || (to < end && Bytes.isContinuation(text[to])))) {
            to--;
        }
        if (dot >= to) {
            dot = lastDot(text, from, to);
        }
        return dot > from && isEnding(text, dot + 1, to) ? to : -1;
    }

    private static int lastDot(byte[] text, int from, int to) {
        int i = to - 1;
        while (i > from && text[i] != '.') {
            i--;
        }
        return i;
    }

    private static boolean isEnding(byte[] text, int from, int to) {
        if (to - from < 2 || to - from > MAX_ENDING) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Bytes.isLetter(text[i]) && text[i] > 0) {
                return false;
            }
        }
        String ending = new String(text, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        return !FILES.contains(ending);
    }

    private static boolean isLocal(byte b) {
        return Bytes.isWord(b) || b == '.' || b == '%' || b == '+' || b == '-';
    }

    private static boolean isDomain(byte b) {
        return isLabel(b) || b == '-' || b == '.';
    }

    /** Labels may have letters beyond ASCII. */
    private static boolean isLabel(byte b) {
        return Bytes.isLetter(b) || Bytes.isDigit(b) || b < 0;
    }
}
