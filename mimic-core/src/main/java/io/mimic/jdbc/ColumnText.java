package io.mimic.jdbc;

import org.jspecify.annotations.Nullable;

/** Text as every database takes it: without NUL and lone surrogates, not longer than its column means. */
public final class ColumnText {
    private static final char REPLACEMENT = '\uFFFD';

    private ColumnText() {}

    /** Cuts to {@code max} characters, the last of them an ellipsis; never through a surrogate pair. */
    public static @Nullable String cut(@Nullable String text, int max) {
        if (text == null) {
            return null;
        }
        String clean = clean(text);
        if (clean.length() <= max) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(max - 2)) ? max - 2 : max - 1;
        return clean.substring(0, end) + "…";
    }

    /** A document such as JSON, which cannot be cut: null when it is longer than {@code max}. */
    public static @Nullable String whole(@Nullable String text, int max) {
        return text == null || text.length() > max ? null : clean(text);
    }

    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .filter(point -> point != 0)
                .map(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
