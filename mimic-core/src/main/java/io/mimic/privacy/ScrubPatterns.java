package io.mimic.privacy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** The operator's own patterns. RE2 never goes back in a text, so a pattern costs time in proportion to the text, whatever is in it. */
final class ScrubPatterns {
    private static final int MOST = 20;
    private static final int LONGEST = 500;

    private final List<Pattern> patterns;

    private ScrubPatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalArgumentException naming the pattern that is wrong */
    static ScrubPatterns of(List<String> texts) {
        if (texts.size() > MOST) {
            throw new IllegalArgumentException("There are " + texts.size() + " patterns, more than " + MOST + ".");
        }
        return new ScrubPatterns(texts.stream().map(ScrubPatterns::compile).toList());
    }

    private static Pattern compile(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A pattern is longer than " + LONGEST + " characters.");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.matches("")) {
                throw new IllegalArgumentException("The pattern " + text + " also matches nothing at all.");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("The pattern " + text + " is not RE2: " + e.getMessage(), e);
        }
    }

    int size() {
        return patterns.size();
    }

    /** Adds what matches in {@code text}, whose first byte lies at {@code offset} of the whole. */
    void find(byte[] text, int offset, List<Span> found) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    found.add(new Span(offset + matcher.start(), offset + matcher.end()));
                }
            }
        }
    }

    /** Where a match would begin or end within an escape of JSON it takes the whole of it. */
    static List<Span> widened(byte[] json, int from, int end, List<Span> spans) {
        List<Span> widened = new ArrayList<>(spans.size());
        int i = from;
        for (Span span : Span.merged(spans)) {
            int start = i;
            while (i <= span.from()) {
                start = i;
                i += step(json, i, end);
            }
            int stop = Math.max(i, span.from());
            while (stop < span.to()) {
                stop += step(json, stop, end);
            }
            if (start < stop) {
                widened.add(new Span(start, Math.min(stop, end)));
            }
            i = stop;
        }
        return widened;
    }

    private static int step(byte[] json, int i, int end) {
        if (i >= end || json[i] != '\\') {
            return 1;
        }
        return i + 1 < end && json[i + 1] == 'u' ? 6 : 2;
    }
}
