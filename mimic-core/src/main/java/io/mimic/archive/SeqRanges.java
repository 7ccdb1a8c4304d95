package io.mimic.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of batch numbers, kept as ranges: {@code "0-4,6,9-12"}. Not thread-safe.
 *
 * <p>The text is what {@link io.mimic.catalog.PageRow#seqs()} holds.
 */
public final class SeqRanges {
    private final TreeMap<Integer, Integer> lastByFirst = new TreeMap<>();

    /** An empty set. */
    public SeqRanges() {}

    /** @throws IllegalArgumentException when the text has another form */
    public static SeqRanges parse(String text) {
        SeqRanges ranges = new SeqRanges();
        if (text.isEmpty()) {
            return ranges;
        }
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            ranges.add(new Range(first, last));
        }
        return ranges;
    }

    public void add(int seq) {
        add(new Range(seq, seq));
    }

    public void addAll(SeqRanges others) {
        others.ranges().forEach(this::add);
    }

    private void add(Range range) {
        int first = range.first();
        int last = range.last();
        Map.Entry<Integer, Integer> before = lastByFirst.floorEntry(last + 1);
        while (before != null && before.getValue() >= first - 1) {
            lastByFirst.remove(before.getKey());
            first = Math.min(first, before.getKey());
            last = Math.max(last, before.getValue());
            before = lastByFirst.floorEntry(last + 1);
        }
        lastByFirst.put(first, last);
    }

    public boolean contains(int seq) {
        Map.Entry<Integer, Integer> range = lastByFirst.floorEntry(seq);
        return range != null && range.getValue() >= seq;
    }

    /** What of these is not among {@code others}. */
    public SeqRanges without(SeqRanges others) {
        SeqRanges rest = new SeqRanges();
        for (Range range : ranges()) {
            int next = range.first();
            Integer from = others.lastByFirst.floorKey(next);
            for (Map.Entry<Integer, Integer> other :
                    others.lastByFirst.tailMap(from == null ? next : from, true).entrySet()) {
                if (other.getKey() > range.last()) {
                    break;
                }
                rest.addIfAny(next, Math.min(other.getKey() - 1, range.last()));
                next = Math.max(next, other.getValue() + 1);
            }
            rest.addIfAny(next, range.last());
        }
        return rest;
    }

    private void addIfAny(int first, int last) {
        if (first <= last) {
            add(new Range(first, last));
        }
    }

    public boolean isEmpty() {
        return lastByFirst.isEmpty();
    }

    /** The largest number. Only when there is one. */
    int last() {
        return lastByFirst.lastEntry().getValue();
    }

    /** Its runs without holes, in order. */
    public List<Range> ranges() {
        List<Range> ranges = new ArrayList<>(lastByFirst.size());
        lastByFirst.forEach((first, last) -> ranges.add(new Range(first, last)));
        return ranges;
    }

    /** What is missing between 0 and the last number, in order. */
    public List<Range> holes() {
        List<Range> holes = new ArrayList<>();
        int expected = 0;
        for (Range range : ranges()) {
            if (range.first() > expected) {
                holes.add(new Range(expected, range.first() - 1));
            }
            expected = range.last() + 1;
        }
        return holes;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Range range : ranges()) {
            text.append(text.isEmpty() ? "" : ",").append(range.first());
            if (range.last() > range.first()) {
                text.append('-').append(range.last());
            }
        }
        return text.toString();
    }

    /**
     * A run of numbers.
     *
     * @param first its first
     * @param last its last, inclusive
     */
    public record Range(int first, int last) {
        public Range {
            if (first < 0 || last < first || last == Integer.MAX_VALUE) {
                throw new IllegalArgumentException(first + "-" + last + " is not a range of batch numbers.");
            }
        }
    }
}
