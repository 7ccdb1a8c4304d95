package io.mimic.server;

import io.mimic.json.Jackson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the host says of a user or a moment, as a JSON object: maps, lists, texts, numbers and truth values; anything else as its text. No
 * method of the host's objects runs but {@code toString}. Bounded; values of secret names are masked.
 */
public final class PlainJson {
    private static final int DEPTH = 4;
    private static final int MEMBERS = 50;
    private static final int TEXT = 1_000;
    private static final int WORD = 64;
    private static final int MOST = 16 * 1024;

    private PlainJson() {}

    /** @param values null gives an empty object */
    public static String of(@Nullable Map<String, ?> values, SecretNames names) {
        try {
            String json = Jackson.MAPPER.asString(values == null ? Map.of() : map(values, names, DEPTH));
            return json.length() <= MOST ? json : "{\"leftOut\":\"larger than " + MOST + " characters\"}";
        } catch (IOException e) {
            throw new IllegalStateException("Plain values can be written.", e);
        }
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> values, SecretNames names, int depth) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (plain.size() >= MEMBERS) {
                break;
            }
            String name = text(entry.getKey());
            plain.put(name, names.promisesSecret(name) ? SecretNames.MASK : value(entry.getValue(), names, depth - 1));
        }
        return plain;
    }

    private static @Nullable Object value(@Nullable Object value, SecretNames names, int depth) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? (Object) number : String.valueOf(number);
        }
        if (depth > 0 && value instanceof Map<?, ?> map) {
            return map(map, names, depth);
        }
        if (depth > 0 && value instanceof Iterable<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            for (Object element : list) {
                if (plain.size() >= MEMBERS) {
                    break;
                }
                plain.add(value(element, names, depth - 1));
            }
            return plain;
        }
        return names.scrub(text(value));
    }

    private static String text(@Nullable Object value) {
        String text = String.valueOf(value);
        String cut = text.length() <= TEXT ? text : text.substring(0, wholeWords(text)) + "…";
        // half a surrogate pair cannot be written: it becomes a question mark
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Where to cut, so that no half of a card's number or of an address is left, which nobody would tell for one. */
    private static int wholeWords(String text) {
        int end = TEXT;
        while (end > TEXT - WORD && !Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        while (end > 0 && " -0123456789".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }
}
