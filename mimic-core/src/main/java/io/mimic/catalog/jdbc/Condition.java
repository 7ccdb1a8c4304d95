package io.mimic.catalog.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conjunction that is being put together, with its values in order. */
final class Condition {
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    Condition and(String part, @Nullable Object... partValues) {
        text.append(text.isEmpty() ? "" : " AND ").append(part);
        values.addAll(Arrays.asList(partValues));
        return this;
    }

    Condition and(Condition other) {
        if (!other.text.isEmpty()) {
            text.append(text.isEmpty() ? "" : " AND ").append(other.text);
            values.addAll(other.values);
        }
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
    }

    @Nullable
    Object[] values(@Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }
}
