package io.mimic.catalog.jdbc;

import io.mimic.catalog.MarkerRow;
import io.mimic.privacy.ClientText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error or a request that failed is called in every session: its marker's label without the numbers in it, which tell rows and
 * orders apart, not errors. The first word stays whole: it is a request's status.
 */
final class FailureName {
    private static final Set<String> KINDS = Set.of("error", "request");
    private static final Pattern NUMBERS = Pattern.compile("[0-9a-fA-F-]{8,}|\\d+");
    private static final int MAX_NAMES = 200;

    private FailureName() {}

    /** Of a segment's markers, at most 200. */
    static Set<String> of(List<MarkerRow> markers) {
        Set<String> names = new LinkedHashSet<>();
        for (MarkerRow marker : markers) {
            String name = KINDS.contains(marker.kind()) ? of(marker.label()) : null;
            if (name != null && names.size() < MAX_NAMES) {
                names.add(name);
            }
        }
        return names;
    }

    /** @return null when nothing is left of the label */
    static @Nullable String of(String label) {
        String line = ClientText.line(label, ColumnWidth.LABEL);
        if (line == null) {
            return null;
        }
        int first = line.indexOf(' ');
        return first < 0
                ? line
                : line.substring(0, first)
                        + NUMBERS.matcher(line.substring(first)).replaceAll("#");
    }
}
