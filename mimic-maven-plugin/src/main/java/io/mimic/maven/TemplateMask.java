package io.mimic.maven;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blanks what a template language adds to HTML, character for character, so that the rest can be read as HTML with the same offsets: a
 * {@code <head>} in a scriptlet is no head, and a directive before the doctype is no text. What is begun and never ended is left: the
 * search for its end is made once, not at each beginning.
 */
final class TemplateMask {
    private static final List<Pair> JSP =
            List.of(new Pair("<%--", "--%>"), new Pair("<%", "%>"), new Pair("${", "}"), new Pair("#{", "}"));
    private static final Tags JSP_TAGS = new Tags("</?[A-Za-z][\\w.-]*+:[A-Za-z][\\w.-]*+", '>', '<');
    private static final List<Pair> FREEMARKER =
            List.of(new Pair("<#--", "-->"), new Pair("[#--", "--]"), new Pair("${", "}"), new Pair("#{", "}"));
    private static final Tags FREEMARKER_TAGS = new Tags("</?[#@]", '>', '>');
    private static final Tags FREEMARKER_BRACKETS = new Tags("\\[/?[#@][a-z]", ']', ']');

    private TemplateMask() {}

    static String apply(String text, PageKind kind) {
        return switch (kind) {
            case JSP -> mask(text, JSP, List.of(JSP_TAGS));
            case FREEMARKER -> mask(text, FREEMARKER, List.of(FREEMARKER_TAGS, FREEMARKER_BRACKETS));
            default -> text;
        };
    }

    private static String mask(String text, List<Pair> pairs, List<Tags> tags) {
        StringBuilder masked = new StringBuilder(text);
        pairs.forEach(pair -> pair.blank(masked));
        tags.forEach(tag -> tag.blank(masked));
        return masked.toString();
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                text.setCharAt(i, ' ');
            }
        }
    }

    /** What begins and ends with fixed characters. */
    private record Pair(String begin, String end) {
        void blank(StringBuilder text) {
            int from = text.indexOf(begin);
            while (from >= 0) {
                int to = text.indexOf(end, from + begin.length());
                if (to < 0) {
                    return;
                }
                TemplateMask.blank(text, from, to + end.length());
                from = text.indexOf(begin, to + end.length());
            }
        }
    }

    /**
     * Tags of the language, whose attributes may have their end in quotes.
     *
     * @param never outside quotes this is no part of a tag
     */
    private record Tags(Pattern begin, char end, char never) {
        private static final int BROKEN = -1;
        private static final int ENDLESS = -2;

        Tags(String begin, char end, char never) {
            this(Pattern.compile(begin), end, never);
        }

        void blank(StringBuilder text) {
            String before = text.toString();
            Matcher matcher = begin.matcher(before);
            int from = 0;
            while (matcher.find(from)) {
                int to = end(before, matcher.end());
                if (to == ENDLESS) {
                    return;
                }
                if (to != BROKEN) {
                    TemplateMask.blank(text, matcher.start(), to);
                }
                from = to == BROKEN ? matcher.end() : to;
            }
        }

        private int end(String text, int start) {
            int at = start;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == end) {
                    return at + 1;
                }
                if (c == never) {
                    return BROKEN;
                }
                if (c == '"' || c == '\'') {
                    at = text.indexOf(c, at + 1);
                    if (at < 0) {
                        return BROKEN;
                    }
                }
                at++;
            }
            return ENDLESS;
        }
    }
}
