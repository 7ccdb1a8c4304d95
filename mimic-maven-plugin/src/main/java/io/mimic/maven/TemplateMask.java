package io.mimic.maven;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blanks what a template language adds to HTML, character for character, so that the rest can be read as HTML with the same offsets: a
 * {@code <head>} in a scriptlet is no head, and a directive before the doctype is no text.
 */
final class TemplateMask {
    private static final int FLAGS = Pattern.DOTALL;
    private static final String ATTRIBUTES = "(?:[^<>\"'%$]++|\"[^\"]*\"|'[^']*'|\\$\\{[^}]*}|<%.*?%>|%|\\$)*+";
    private static final List<Pattern> JSP = List.of(
            Pattern.compile("<%--.*?--%>", FLAGS),
            Pattern.compile("<%.*?%>", FLAGS),
            Pattern.compile("[$#]\\{[^}]*}", FLAGS),
            Pattern.compile("</?[A-Za-z][\\w.-]*:[A-Za-z][\\w.-]*" + ATTRIBUTES + ">", FLAGS));
    private static final List<Pattern> FREEMARKER = List.of(
            Pattern.compile("<#--.*?-->", FLAGS),
            Pattern.compile("\\[#--.*?--]", FLAGS),
            Pattern.compile("[$#]\\{[^}]*}", FLAGS),
            Pattern.compile("</?[#@](?:[^>\"']++|\"[^\"]*\"|'[^']*')*+>", FLAGS),
            Pattern.compile("\\[/?[#@][a-z](?:[^]\"']++|\"[^\"]*\"|'[^']*')*+]", FLAGS));

    private TemplateMask() {}

    static String apply(String text, PageKind kind) {
        List<Pattern> patterns = switch (kind) {
            case JSP -> JSP;
            case FREEMARKER -> FREEMARKER;
            default -> List.of();
        };
        StringBuilder masked = new StringBuilder(text);
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(masked.toString());
            while (matcher.find()) {
                blank(masked, matcher.start(), matcher.end());
            }
        }
        return masked.toString();
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
