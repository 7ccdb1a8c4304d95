package io.mimic.servlet;

import java.util.Set;

/** What the HTML standard says of the elements around a head. */
final class Html {
    private static final Set<String> IN_HEAD = Set.of(
            "base",
            "basefont",
            "bgsound",
            "link",
            "meta",
            "title",
            "noscript",
            "noframes",
            "style",
            "script",
            "template",
            "html",
            "head");
    private static final Set<String> RAW_TEXT = Set.of("title", "noscript", "noframes", "style", "script", "template");
    private static final Set<String> HEAD_ENDS = Set.of("head", "body", "html", "br");
    private static final Set<String> PAGE_STARTS = Set.of("title", "body", "frameset");

    private Html() {}

    static boolean belongsToHead(String element) {
        return IN_HEAD.contains(element);
    }

    /** Whether an element's content is skipped on the way through the head. */
    static boolean hasRawText(String element) {
        return RAW_TEXT.contains(element);
    }

    /** Whether an end tag of this name ends the head, or opens and ends one that nobody wrote. */
    static boolean endsHead(String element) {
        return HEAD_ENDS.contains(element);
    }

    /** Whether markup that begins with this element is a page and no fragment. */
    static boolean startsPage(String element) {
        return PAGE_STARTS.contains(element);
    }
}
