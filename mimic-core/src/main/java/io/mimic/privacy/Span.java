package io.mimic.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bytes {@code [from, to)} that are to be replaced. */
record Span(int from, int to) {
    /** In order of place, without overlaps. */
    static List<Span> merged(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::from));
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && span.from < last.to) {
                merged.set(merged.size() - 1, new Span(last.from, Math.max(last.to, span.to)));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }
}
