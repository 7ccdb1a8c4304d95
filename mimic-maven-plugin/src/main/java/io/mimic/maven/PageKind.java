package io.mimic.maven;

import java.util.Locale;
import java.util.regex.Pattern;

/** What makes a page out of a file: how its template language is kept out of the way, and how it names the app's root. */
enum PageKind {
    /** Served as it is. */
    HTML,
    /** Served as it is, well-formed. */
    XHTML,
    JSP,
    /** JSP in XML. */
    JSPX,
    THYMELEAF,
    FREEMARKER,
    FACELETS;

    private static final Pattern XHTML_DECLARED = Pattern.compile(
            "\\A\\s*<\\?xml|<!DOCTYPE\\s+html\\s+PUBLIC\\s+\"-//W3C//DTD XHTML", Pattern.CASE_INSENSITIVE);
    private static final Pattern FACES = Pattern.compile(
            "xmlns:\\w+\\s*=\\s*[\"'](jakarta\\.faces|http://(xmlns\\.jcp\\.org|java\\.sun\\.com)/jsf)");
    private static final Pattern THYMELEAF_USED =
            Pattern.compile("xmlns:th\\s*=|\\s(data-)?th[:-][a-z-]+\\s*=|\\[\\[[$#@*]\\{");

    /** @param path with slashes */
    static PageKind of(String path, String text) {
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "jsp", "jspf" -> JSP;
            case "jspx" -> JSPX;
            case "ftl", "ftlh", "ftlx" -> FREEMARKER;
            default -> ofText(ending, text);
        };
    }

    private static PageKind ofText(String ending, String text) {
        if (FACES.matcher(text).find()) {
            return FACELETS;
        }
        if (THYMELEAF_USED.matcher(text).find()) {
            return THYMELEAF;
        }
        return ending.equals("xhtml") || XHTML_DECLARED.matcher(text).find() ? XHTML : HTML;
    }

    boolean template() {
        return this != HTML && this != XHTML;
    }

    /** Whether attributes need a value and the text is read by XML's rules. */
    boolean xml() {
        return this == XHTML || this == JSPX || this == FACELETS;
    }
}
