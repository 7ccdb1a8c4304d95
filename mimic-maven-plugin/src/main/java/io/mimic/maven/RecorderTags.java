package io.mimic.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The two script tags, and how they are found again. First the settings, then the recorder, which reads them when it runs; {@code defer}
 * keeps that order. Directly behind a tag that ends its line they get lines of their own, else they are inserted without any space: so
 * what was inserted can be told from the page's own bytes, and be removed exactly.
 */
final class RecorderTags {
    static final String MARK = "data-mimic-build";

    private static final Set<String> MARKS = Set.of("settings", "recorder");
    private static final Pattern ADDRESS =
            Pattern.compile("(?s)(.*?)([A-Za-z0-9_-][A-Za-z0-9._-]*)/(mimic\\.js|recorder\\.js)}?");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\n|\\r");

    private RecorderTags() {}

    static String write(RecorderFiles files, ScriptAddress address, boolean xml, String separator) {
        String settings = tag(address, files.settings(), "settings", "", xml);
        String project = " data-mimic-project=\"" + files.project() + "\"";
        return separator + settings + separator + tag(address, files.recorder(), "recorder", project, xml);
    }

    /** Line end and indentation that the tags get; empty when they go into the line. */
    static String separator(String text, int offset) {
        var end = LINE_END.matcher(text).region(offset, Math.min(text.length(), offset + 2));
        if (offset == 0 || !end.lookingAt()) {
            return "";
        }
        return end.group() + indentation(text, offset, end.end());
    }

    /** Parts of the text that are tags of ours, with the space that was inserted with them; from the last to the first. */
    static List<Span> find(Document document, String text) {
        List<Span> tags = new ArrayList<>();
        for (Element script : ours(document)) {
            if (script.sourceRange().isTracked() && script.endSourceRange().isTracked()) {
                int end = script.endSourceRange().endPos();
                tags.add(0, new Span(script.sourceRange().startPos(), end));
            }
        }
        boolean together = tags.size() == 2 && tags.get(1).to() == tags.get(0).from();
        return together
                ? tags
                : tags.stream()
                        .map(tag -> new Span(spaceBefore(text, tag.from()), tag.to()))
                        .toList();
    }

    /** Whether both tags are read as children of the head. */
    static boolean inHead(Document document) {
        List<Element> tags = ours(document);
        return tags.size() == 2
                && tags.stream()
                        .allMatch(tag -> tag.parent() != null
                                && tag.parent()
                                        .normalName()
                                        .replaceFirst(".*:", "")
                                        .equals("head"));
    }

    /** Whether somebody put a recorder there by hand, or a server does. */
    static boolean foreign(Document document) {
        return document.select("script[data-mimic-project]").stream().anyMatch(script -> !isOurs(script));
    }

    /** What the tags of ours ask for. */
    static List<Reference> references(Document document) {
        List<Reference> references = new ArrayList<>();
        boolean based = document.selectFirst("base[href]") != null;
        for (Element script : ours(document)) {
            String address = script.attr(script.hasAttr("src") ? "src" : "th:src");
            Matcher named = ADDRESS.matcher(address);
            if (named.matches()) {
                references.add(new Reference(
                        based ? Optional.empty() : up(named.group(1)),
                        named.group(2),
                        named.group(3),
                        script.attr("integrity")));
            }
        }
        return references;
    }

    private static Optional<Integer> up(String before) {
        return before.matches("(\\.\\./)*") ? Optional.of(before.length() / 3) : Optional.empty();
    }

    private static List<Element> ours(Document document) {
        return document.select("script[" + MARK + "]").stream()
                .filter(RecorderTags::isOurs)
                .toList();
    }

    /** An attribute of this name may be the page's own. */
    private static boolean isOurs(Element script) {
        return MARKS.contains(script.attr(MARK)) && script.hasAttr("integrity");
    }

    private static String tag(ScriptAddress address, RecorderFiles.File file, String mark, String more, boolean xml) {
        return String.format(
                Locale.ROOT,
                "<script %s=\"%s\" %s=\"%s\"%s integrity=\"%s\" %s></script>",
                address.attribute(),
                address.of(file.name()),
                MARK,
                mark,
                more,
                file.integrity(),
                xml ? "defer=\"defer\"" : "defer");
    }

    /** That of the next line that has text, or of the tag's own line when it is the last. */
    private static String indentation(String text, int offset, int nextLine) {
        int at = nextLine;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        int lineStart = lineStart(text, at);
        boolean closes = text.startsWith("</", at);
        if (closes || at == text.length()) {
            lineStart = lineStart(text, offset);
            at = lineStart;
            while (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
                at++;
            }
        }
        return text.substring(lineStart, at);
    }

    private static int lineStart(String text, int at) {
        int start = at;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    private static int spaceBefore(String text, int at) {
        int start = at;
        while (start > 0 && isSpace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /**
     * A file that a tag names.
     *
     * @param up how many folders above the page's own; empty when a page that is shown elsewhere, or has a base, does not tell
     * @param integrity that the file must have
     */
    record Reference(Optional<Integer> up, String folder, String file, String integrity) {}

    /** A part of a text. */
    record Span(int from, int to) {}
}
