package io.mimic.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object of unknown form, asked for what should be in it. */
record Values(Map<String, Object> members) {
    private static final Values NONE = new Values(Map.of());

    @Nullable
    Object raw(String name) {
        return members.get(name);
    }

    @Nullable
    String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    String textOr(String name, String otherwise) {
        return Objects.requireNonNullElse(text(name), otherwise);
    }

    long number(String name, long otherwise) {
        return members.get(name) instanceof Number number ? Math.round(number.doubleValue()) : otherwise;
    }

    /** The object of that name; an empty one when there is none. */
    Values inner(String name) {
        return of(members.get(name));
    }

    /** The objects of the list of that name. */
    List<Values> list(String name) {
        List<Values> values = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            list.forEach(element -> values.add(of(element)));
        }
        return values;
    }

    /** Only these members, null where there is none. */
    Map<String, Object> only(String... names) {
        Map<String, Object> only = new LinkedHashMap<>();
        for (String name : names) {
            only.put(name, members.get(name));
        }
        return only;
    }

    private static Values of(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return NONE;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(String.valueOf(name), member));
        return new Values(members);
    }
}
