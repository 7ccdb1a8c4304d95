package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The few members of an event's data that are indexed; everything else is passed over. */
final class Payload {
    private static final Set<String> WANTED = Set.of(
            "href",
            "plugin",
            "level",
            "kind",
            "name",
            "message",
            "url",
            "title",
            "label",
            "rage",
            "reason",
            "user",
            "method",
            "status",
            "error",
            "source",
            "duration");
    private static final int MAX_TEXT = 4_096;
    private static final int MAX_REQUESTS = 1_000;
    private static final int MAX_ARGUMENTS = 5;
    private static final int MAX_TRAITS = 16 * 1024;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Double> numbers = new HashMap<>();
    private final List<Payload> requests = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private @Nullable Payload inner;
    private @Nullable String traits;

    private final Level level;

    private Payload(Level level) {
        this.level = level;
    }

    /** Reads the data of an event; the parser stands before the event's start. */
    static Payload ofEvent(JsonParser json, Lines.Slice event) throws IOException {
        Payload data = new Payload(Level.DATA);
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isData = json.currentName().equals("data");
            if (json.nextToken() == JsonToken.START_OBJECT && isData) {
                data.read(json, event);
            } else {
                json.skipChildren();
            }
        }
        return data;
    }

    @Nullable
    String text(String name) {
        return texts.get(name);
    }

    double number(String name) {
        return numbers.getOrDefault(name, 0.0);
    }

    /** The payload of a plugin's event. */
    Payload inner() {
        return inner == null ? new Payload(Level.PAYLOAD) : inner;
    }

    List<Payload> requests() {
        return requests;
    }

    /** The first arguments of a console line. */
    List<String> arguments() {
        return arguments;
    }

    /** A JSON object; null when there is none or it is too large to be kept with the session. */
    @Nullable
    String traits() {
        return traits;
    }

    private void read(JsonParser json, Lines.Slice event) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> object(name, json, event);
                case START_ARRAY -> array(name, json, event);
                case VALUE_STRING -> {
                    if (WANTED.contains(name)) {
                        texts.put(name, cut(json.getText()));
                    }
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    if (WANTED.contains(name)) {
                        numbers.put(name, json.getDoubleValue());
                    }
                }
                default -> json.skipChildren();
            }
        }
    }

    private void object(String name, JsonParser json, Lines.Slice event) throws IOException {
        if (name.equals("payload") && level == Level.DATA) {
            inner = new Payload(Level.PAYLOAD);
            inner.read(json, event);
            return;
        }
        int from = event.from() + (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        int length = event.from() + (int) json.currentLocation().getByteOffset() - from;
        if (name.equals("traits") && length <= MAX_TRAITS) {
            traits = new String(event.bytes(), from, length, StandardCharsets.UTF_8);
        }
    }

    private void array(String name, JsonParser json, Lines.Slice event) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (name.equals("requests") && level != Level.REQUEST && json.currentToken() == JsonToken.START_OBJECT) {
                Payload request = new Payload(Level.REQUEST);
                request.read(json, event);
                if (requests.size() < MAX_REQUESTS) {
                    requests.add(request);
                }
            } else if (name.equals("payload")
                    && json.currentToken() == JsonToken.VALUE_STRING
                    && arguments.size() < MAX_ARGUMENTS) {
                arguments.add(cut(json.getText()));
            } else {
                json.skipChildren();
            }
        }
    }

    /** How deep it lies. Nothing is read below the third, however often the names are repeated within each other. */
    private enum Level {
        DATA,
        PAYLOAD,
        REQUEST
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
