package io.mimic.catalog.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person did over a session's time, in a column: 64 slices of equal width from the session's begin. A session that grows
 * doubles their width, so that nothing has to be counted again.
 */
final class Activity {
    private static final int SLICES = 64;
    private static final int SHOWN = 32;

    private final long origin;
    private long width;
    private final long[] counts;

    private Activity(long origin, long width, long[] counts) {
        this.origin = origin;
        this.width = width;
        this.counts = counts;
    }

    static Activity from(long origin) {
        return new Activity(origin, 250, new long[SLICES]);
    }

    /** @param column as {@link #column()} wrote it; empty: nothing yet */
    static Activity parse(String column, long origin) {
        if (column.isEmpty()) {
            return from(origin);
        }
        String[] parts = column.split(" ", -1);
        long[] counts = new long[SLICES];
        for (int i = 2; i < parts.length; i++) {
            counts[i - 2] = Long.parseLong(parts[i]);
        }
        return new Activity(Long.parseLong(parts[0]), Long.parseLong(parts[1]), counts);
    }

    void add(long at, long number) {
        long offset = Math.max(0, at - origin);
        while (offset / width >= SLICES) {
            widen();
        }
        counts[(int) (offset / width)] += number;
    }

    private void widen() {
        for (int i = 0; i < SLICES; i++) {
            counts[i] = i < SLICES / 2 ? counts[2 * i] + counts[2 * i + 1] : 0;
        }
        width *= 2;
    }

    String column() {
        int used = SLICES;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        return origin + " " + width
                + Arrays.stream(counts, 0, used).mapToObj(count -> " " + count).collect(Collectors.joining());
    }

    /** At most 32 equal slices up to {@code end}, the busiest of them 100; empty when nothing happened. */
    List<Integer> shown(long end) {
        long length = Math.max(1, end - origin);
        int slices = (int) Math.min(SLICES, (length + width - 1) / width);
        int each = slices > SHOWN ? 2 : 1;
        long[] sums = new long[(slices + each - 1) / each];
        for (int i = 0; i < SLICES; i++) {
            sums[Math.min(sums.length - 1, i / each)] += counts[i];
        }
        long most = Arrays.stream(sums).max().orElse(0);
        List<Integer> shown = new ArrayList<>(sums.length);
        for (long sum : sums) {
            shown.add((int) Math.ceil(100.0 * sum / Math.max(1, most)));
        }
        return most == 0 ? List.of() : shown;
    }
}
