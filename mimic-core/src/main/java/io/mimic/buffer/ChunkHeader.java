package io.mimic.buffer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything of a chunk but its two parts, as a JSON object. What is 0, empty or null is left out; unknown members are passed over. */
final class ChunkHeader {
    private final JsonFactory json;

    ChunkHeader(JsonFactory json) {
        this.json = json;
    }

    byte[] write(Chunk chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator to = json.createGenerator(out)) {
            to.writeStartObject();
            to.writeStringField("window", chunk.window());
            to.writeStringField("page", chunk.page());
            to.writeNumberField("seq", chunk.seq());
            to.writeNumberField("skew", chunk.skewMs());
            writeCounts(to, chunk.summary());
            writeTexts(to, chunk.summary());
            writeLists(to, chunk.summary());
            to.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeCounts(JsonGenerator to, BatchSummary summary) throws IOException {
        writeNumber(to, "firstAt", summary.firstAt());
        writeNumber(to, "lastAt", summary.lastAt());
        writeNumber(to, "events", summary.events());
        writeNumber(to, "userEvents", summary.userEvents());
        writeNumber(to, "errors", summary.errors());
        writeNumber(to, "failedRequests", summary.failedRequests());
        writeNumber(to, "consoleErrors", summary.consoleErrors());
        writeNumber(to, "rageClicks", summary.rageClicks());
    }

    private static void writeTexts(JsonGenerator to, BatchSummary summary) throws IOException {
        writeText(to, "url", summary.url());
        writeText(to, "title", summary.title());
        writeText(to, "user", summary.user());
        writeText(to, "traits", summary.traits());
    }

    private static void writeNumber(JsonGenerator to, String name, long number) throws IOException {
        if (number != 0) {
            to.writeNumberField(name, number);
        }
    }

    private static void writeText(JsonGenerator to, String name, @Nullable String text) throws IOException {
        if (text != null) {
            to.writeStringField(name, text);
        }
    }

    private static void writeLists(JsonGenerator to, BatchSummary summary) throws IOException {
        writeList(to, "statuses", summary.statuses(), to::writeNumber);
        writeList(to, "snapshots", summary.snapshots(), to::writeNumber);
        writeList(to, "eventNames", summary.eventNames(), to::writeString);
        boolean onlyTheLast = summary.user() != null && summary.users().size() == 1;
        writeList(to, "users", onlyTheLast ? Set.of() : summary.users(), to::writeString);
        writeList(to, "markers", summary.markers(), marker -> {
            to.writeNumber(marker.at());
            to.writeString(marker.kind());
            to.writeString(marker.label());
        });
    }

    private static <T> void writeList(JsonGenerator to, String name, Collection<T> values, Write<T> each)
            throws IOException {
        if (values.isEmpty()) {
            return;
        }
        to.writeArrayFieldStart(name);
        for (T value : values) {
            each.write(value);
        }
        to.writeEndArray();
    }

    @FunctionalInterface
    private interface Write<T> {
        void write(T value) throws IOException;
    }

    Chunk read(byte[] header, byte[] timeline, byte[] dom) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        Map<String, List<Object>> lists = new HashMap<>();
        try (JsonParser from = json.createParser(header)) {
            from.nextToken();
            for (String name = from.nextFieldName(); name != null; name = from.nextFieldName()) {
                switch (from.nextToken()) {
                    case VALUE_NUMBER_INT -> numbers.put(name, from.getLongValue());
                    case VALUE_STRING -> texts.put(name, from.getText());
                    case START_ARRAY -> lists.put(name, values(from));
                    default -> from.skipChildren();
                }
            }
        }
        return new Chunk(
                text(texts, "window"),
                text(texts, "page"),
                (int) number(numbers, "seq"),
                number(numbers, "skew"),
                summary(numbers, texts, lists),
                timeline,
                dom);
    }

    private static BatchSummary summary(
            Map<String, Long> numbers, Map<String, String> texts, Map<String, List<Object>> lists) {
        return new BatchSummary(
                number(numbers, "firstAt"),
                number(numbers, "lastAt"),
                (int) number(numbers, "events"),
                (int) number(numbers, "userEvents"),
                (int) number(numbers, "errors"),
                (int) number(numbers, "failedRequests"),
                (int) number(numbers, "consoleErrors"),
                (int) number(numbers, "rageClicks"),
                statuses(lists.getOrDefault("statuses", List.of())),
                lists.getOrDefault("snapshots", List.of()).stream()
                        .map(Long.class::cast)
                        .toList(),
                markers(lists.getOrDefault("markers", List.of())),
                texts.get("url"),
                texts.get("title"),
                texts.get("user"),
                texts.get("traits"),
                names(lists.getOrDefault("eventNames", List.of())),
                names(lists.getOrDefault("users", List.of())));
    }

    private static List<Object> values(JsonParser from) throws IOException {
        List<Object> values = new ArrayList<>();
        for (JsonToken token = from.nextToken(); token != JsonToken.END_ARRAY; token = from.nextToken()) {
            values.add(token == JsonToken.VALUE_STRING ? from.getText() : (Object) from.getLongValue());
        }
        return values;
    }

    private static List<Marker> markers(List<Object> flat) {
        List<Marker> markers = new ArrayList<>(flat.size() / 3);
        for (int i = 0; i + 2 < flat.size(); i += 3) {
            markers.add(new Marker((Long) flat.get(i), (String) flat.get(i + 1), (String) flat.get(i + 2)));
        }
        return markers;
    }

    private static Set<Integer> statuses(List<Object> values) {
        Set<Integer> statuses = new LinkedHashSet<>();
        values.forEach(value -> statuses.add(((Long) value).intValue()));
        return statuses;
    }

    private static Set<String> names(List<Object> values) {
        Set<String> names = new LinkedHashSet<>();
        values.forEach(value -> names.add((String) value));
        return names;
    }

    private static long number(Map<String, Long> numbers, String name) {
        return numbers.getOrDefault(name, 0L);
    }

    private static String text(Map<String, String> texts, String name) {
        return texts.getOrDefault(name, "");
    }
}
