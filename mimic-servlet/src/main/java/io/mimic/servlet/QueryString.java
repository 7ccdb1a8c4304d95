package io.mimic.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query string in UTF-8, whatever the container's own decoding is. */
record QueryString(Map<String, String> values) {
    /** @throws ProblemException 400 when an escape is malformed */
    static QueryString parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return new QueryString(Map.of());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            values.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new QueryString(values);
    }

    Optional<String> first(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "Malformed query", "The query string has a malformed escape.");
        }
    }
}
