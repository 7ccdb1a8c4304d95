package io.mimic.privacy;

import org.jspecify.annotations.Nullable;

/** Makes text that a client sent fit to be stored and shown: no control characters, no half surrogates, bounded. */
public final class ClientText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int USER = 200;

    private ClientText() {}

    /** The id of a user as it is kept, wherever it comes from: at most 200 characters of one line; null when nothing is left of it. */
    public static @Nullable String user(@Nullable String id) {
        return line(id, USER);
    }

    /**
     * @param limit longest result; what is cut off is shown by an ellipsis
     * @return the text in one line without what no store takes; null when nothing is left of it
     */
    public static @Nullable String line(@Nullable String text, int limit) {
        if (text == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit));
        for (int i = 0; i < text.length() && out.length() <= limit; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                out.append(REPLACEMENT);
            } else if (!Character.isISOControl(c)) {
                out.append(c);
            } else if (c != 0) {
                out.append(' ');
            }
        }
        if (out.length() > limit) {
            int end = limit - 1;
            out.setLength(Character.isLowSurrogate(out.charAt(end)) ? end - 1 : end);
            out.append('…');
        }
        String line = out.toString().strip();
        return line.isEmpty() ? null : line;
    }
}
