package io.mimic.servlet;

import java.util.regex.Pattern;

/** Path patterns: {@code ?} is one character, {@code *} any within a segment, {@code **} any segments. */
final class AntPattern {
    private AntPattern() {}

    static Pattern compile(String pattern) {
        StringBuilder regex = new StringBuilder();
        String text = pattern.startsWith("/") ? pattern : "/" + pattern;
        int i = 0;
        while (i < text.length()) {
            if (text.startsWith("/**/", i)) {
                regex.append("/(?:.*/)?");
                i += 4;
            } else if (text.startsWith("/**", i) && i + 3 == text.length()) {
                regex.append("(?:/.*)?");
                i += 3;
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else {
                char c = text.charAt(i++);
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
