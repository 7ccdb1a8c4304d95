package io.mimic.asset;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the addresses that a style sheet names. What each pattern repeats ends where the next match could begin, so that a text made of
 * beginnings alone is read a few times, not once for each of them.
 */
final class CssAddresses {
    private static final String QUOTED = "\"([^\"\\\\\\n]{1,1000}+)\"|'([^'\\\\\\n]{1,1000}+)'";
    private static final Pattern ADDRESS = Pattern.compile("(?i)url\\(\\s{0,9}+(?:" + QUOTED
            + "|([^()\\s\"'\\\\]{1,1000}+))\\s{0,9}+\\)|@import\\s{1,9}+(?:" + QUOTED + ")");
    private static final Pattern IMAGE_SET = Pattern.compile("(?i)image-set\\(([^;{}]{0,5000}+)");
    private static final Pattern CANDIDATE = Pattern.compile("(?i)(?:(?:type|url)\\(\\s{0,9}+)?+(?:" + QUOTED + ")");
    private static final Pattern FONT_FACE = Pattern.compile("(?i)@font-face\\s{0,9}+\\{[^{}]{0,20000}+\\}");
    private static final Pattern ANY = Pattern.compile("(?i)url\\(|@import|image-set\\(");
    private static final Pattern WOFF2 = Pattern.compile("(?i)\\.woff2(?:[?#].*)?");

    private CssAddresses() {}

    static void find(CharSequence css, Consumer<String> each) {
        if (!ANY.matcher(css).find()) {
            return;
        }
        Matcher faces = FONT_FACE.matcher(css);
        StringBuilder rest = new StringBuilder();
        while (faces.find()) {
            face(faces.group(), each);
            faces.appendReplacement(rest, "");
        }
        faces.appendTail(rest);
        addresses(rest, each);
        Matcher sets = IMAGE_SET.matcher(rest);
        while (sets.find()) {
            candidates(sets.group(1), each);
        }
    }

    /** Those that stand as a text alone: others are found as every address is, and a type is none. */
    private static void candidates(String set, Consumer<String> each) {
        Matcher candidate = CANDIDATE.matcher(set);
        while (candidate.find()) {
            if (candidate.group().startsWith("\"") || candidate.group().startsWith("'")) {
                each.accept(candidate.group(1) == null ? candidate.group(2) : candidate.group(1));
            }
        }
    }

    /** Of the forms in which a font is offered every browser of today takes this one. */
    private static void face(String face, Consumer<String> each) {
        boolean[] found = {false};
        addresses(face, address -> {
            if (WOFF2.matcher(address).find()) {
                found[0] = true;
                each.accept(address);
            }
        });
        if (!found[0]) {
            addresses(face, each);
        }
    }

    static void addresses(CharSequence css, Consumer<String> each) {
        Matcher address = ADDRESS.matcher(css);
        while (address.find()) {
            for (int group = 1; group <= address.groupCount(); group++) {
                if (address.group(group) != null) {
                    each.accept(address.group(group));
                }
            }
        }
    }
}
