package io.mimic.maven;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a page the recorder's tags belong: in the head, before what the app loads, but behind what must come first: the charset
 * (a browser looks for it in the first 1024 bytes only) and the base (the tags' own addresses follow it).
 */
final class HeadFinder {
    private static final Set<String> LEADING = Set.of("meta", "title", "base");
    private static final int NOWHERE = -1;

    private HeadFinder() {}

    /** @throws UnreadablePageException when there is no such place */
    static Place find(PageText page, PageKind kind) throws UnreadablePageException {
        Document document = parse(page, kind);
        Element head = kind.xml() ? xmlHead(document) : document.head();
        int start = kind.xml() ? endOfTag(head) : htmlStart(document, kind);
        int offset = afterLeading(head, start, unchangedUntil(page, kind, start));
        boolean tagEnds = offset == 0 || page.text().charAt(offset - 1) == '>';
        if (!tagEnds && !page.at(offset, "<body") && !page.at(offset, "<frameset")) {
            throw new UnreadablePageException("the place for the recorder could not be told for certain");
        }
        return new Place(offset, baseBefore(page, head, offset), policyOf(head));
    }

    static Document parse(PageText page, PageKind kind) {
        Parser parser = kind.xml() ? Parser.xmlParser() : Parser.htmlParser();
        return parser.setTrackPosition(true).parseInput(TemplateMask.apply(page.text(), kind), "");
    }

    private static Element xmlHead(Document document) throws UnreadablePageException {
        for (Element element : document.getAllElements()) {
            String name = element.tagName().toLowerCase(Locale.ROOT);
            boolean facelets = name.endsWith(":head");
            if (facelets || (name.equals("head") && element.parent() != null && isHtml(element.parent()))) {
                if (selfClosed(element)) {
                    throw new UnreadablePageException("its head is one empty tag");
                }
                return element;
            }
        }
        throw new UnreadablePageException("it is a fragment: it has no head of its own");
    }

    private static boolean isHtml(@Nullable Element element) {
        return element != null && element.tagName().equalsIgnoreCase("html");
    }

    private static int htmlStart(Document document, PageKind kind) throws UnreadablePageException {
        Element head = document.head();
        if (explicit(head)) {
            if (kind == PageKind.THYMELEAF && comesFromElsewhere(head)) {
                throw new UnreadablePageException("its head comes from another template; that one is instrumented");
            }
            return endOfTag(head);
        }
        Element html = document.selectFirst("html");
        if (!kind.template()) {
            if (explicit(html)) {
                return endOfTag(html);
            }
            DocumentType doctype = document.documentType();
            if (doctype != null && doctype.sourceRange().isTracked()) {
                return doctype.sourceRange().endPos();
            }
            for (Element body : document.select("html > body, html > frameset")) {
                if (explicit(body)) {
                    return body.sourceRange().startPos();
                }
            }
        }
        throw new UnreadablePageException("it is a fragment: it has no head of its own");
    }

    private static boolean comesFromElsewhere(Element head) {
        return head.attributes().asList().stream()
                .map(attribute -> attribute.getKey().toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.matches("(data-)?th[:-](replace|insert|include|substituteby)"));
    }

    /** How far the text is HTML alone: behind a directive of a template nothing is certain to be shown. */
    private static int unchangedUntil(PageText page, PageKind kind, int start) {
        String masked = TemplateMask.apply(page.text(), kind);
        int at = start;
        while (at < masked.length() && masked.charAt(at) == page.text().charAt(at)) {
            at++;
        }
        return at;
    }

    /** Skips what is to stay in front; a charset that comes late is still skipped. */
    private static int afterLeading(Element head, int start, int limit) {
        int offset = start;
        boolean leading = true;
        for (Node node : head.childNodes()) {
            boolean skipped = node instanceof Element element
                    && LEADING.contains(element.normalName())
                    && endOf(element) > start
                    && endOf(element) <= limit;
            leading &= skipped || isBlank(node);
            if (skipped && (leading || declaresCharset((Element) node))) {
                offset = endOf((Element) node);
            }
        }
        return offset;
    }

    private static boolean isBlank(Node node) {
        return node instanceof Comment || (node instanceof TextNode text && text.isBlank());
    }

    private static boolean declaresCharset(Element element) {
        return element.normalName().equals("meta")
                && (element.hasAttr("charset") || element.attr("http-equiv").equalsIgnoreCase("content-type"));
    }

    private static @Nullable String baseBefore(PageText page, Element head, int offset) {
        for (Element element : head.children()) {
            Range range = element.sourceRange();
            if (element.normalName().equals("base") && range.isTracked() && range.endPos() <= offset) {
                return page.text().substring(range.startPos(), range.endPos());
            }
        }
        return null;
    }

    private static List<String> policyOf(Element head) {
        return head.children().stream()
                .filter(element -> element.normalName().equals("meta"))
                .filter(element -> element.attr("http-equiv").equalsIgnoreCase("content-security-policy"))
                .map(element -> element.attr("content"))
                .toList();
    }

    /** Where an element ends, {@link #NOWHERE} when its end is not written. */
    private static int endOf(Element element) {
        if (explicitRange(element.endSourceRange())) {
            return element.endSourceRange().endPos();
        }
        return selfClosed(element) ? element.sourceRange().endPos() : NOWHERE;
    }

    private static boolean selfClosed(Element element) {
        return explicit(element)
                && element.endSourceRange().startPos() == element.sourceRange().startPos();
    }

    private static boolean explicit(@Nullable Element element) {
        return element != null && explicitRange(element.sourceRange());
    }

    private static boolean explicitRange(Range range) {
        return range.isTracked() && !range.isImplicit();
    }

    private static int endOfTag(@Nullable Element element) {
        return element == null ? 0 : element.sourceRange().endPos();
    }

    /**
     * Where the tags go.
     *
     * @param offset in the text, directly behind a tag, or at the page's start or body
     * @param base the {@code <base>} tag that holds there, as it is written; null when there is none
     * @param policies Content-Security-Policies that the page gives itself
     */
    record Place(int offset, @Nullable String base, List<String> policies) {}
}
