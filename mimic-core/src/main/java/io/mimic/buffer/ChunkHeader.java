package io.mimic.buffer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything of a chunk but its two parts, as a JSON object. Unknown members are passed over; missing ones are 0, empty or null. */
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
        to.writeNumberField("firstAt", summary.firstAt());
        to.writeNumberField("lastAt", summary.lastAt());
        to.writeNumberField("events", summary.events());
        to.writeNumberField("userEvents", summary.userEvents());
        to.writeNumberField("errors", summary.errors());
        to.writeNumberField("failedRequests", summary.failedRequests());
        to.writeNumberField("consoleErrors", summary.consoleErrors());
        to.writeNumberField("rageClicks", summary.rageClicks());
    }

    private static void writeTexts(JsonGenerator to, BatchSummary summary) throws IOException {
        writeText(to, "url", summary.url());
        writeText(to, "title", summary.title());
        writeText(to, "user", summary.user());
        writeText(to, "traits", summary.traits());
    }

    private static void writeText(JsonGenerator to, String name, @Nullable String text) throws IOException {
        if (text != null) {
            to.writeStringField(name, text);
        }
    }

    private static void writeLists(JsonGenerator to, BatchSummary summary) throws IOException {
        to.writeArrayFieldStart("statuses");
        for (int status : summary.statuses()) {
            to.writeNumber(status);
        }
        to.writeEndArray();
        to.writeArrayFieldStart("snapshots");
        for (long snapshot : summary.snapshots()) {
            to.writeNumber(snapshot);
        }
        to.writeEndArray();
        to.writeArrayFieldStart("eventNames");
        for (String name : summary.eventNames()) {
            to.writeString(name);
        }
        to.writeEndArray();
        to.writeArrayFieldStart("markers");
        for (Marker marker : summary.markers()) {
            to.writeNumber(marker.at());
            to.writeString(marker.kind());
            to.writeString(marker.label());
        }
        to.writeEndArray();
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
                names(lists.getOrDefault("eventNames", List.of())));
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
