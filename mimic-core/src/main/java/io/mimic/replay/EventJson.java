package io.mimic.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.mimic.json.Jackson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Looks into an event's JSON without making a tree of it. */
final class EventJson {
    static final int FULL_SNAPSHOT = 2;
    static final int META = 4;
    static final int CUSTOM = 5;
    static final int PLUGIN = 6;

    // What ingest let in is not refused on its way out.
    private static final JsonFactory JSON = Jackson.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(128 << 20)
                    .maxNumberLength(10_000)
                    .maxNameLength(1 << 20)
                    .build())
            .build();

    private EventJson() {}

    /** The event's type; −1 when it has none. */
    static int type(byte[] event) throws IOException {
        try (JsonParser parser = JSON.createParser(event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("type");
                parser.nextToken();
                if (wanted) {
                    return parser.getValueAsInt(-1);
                }
                parser.skipChildren();
            }
            return -1;
        }
    }

    /** The same event at another time; every other byte stays. */
    static byte[] withTimestamp(byte[] event, long timestamp) throws IOException {
        int from = -1;
        int to = -1;
        try (JsonParser parser = JSON.createParser(event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("timestamp");
                JsonToken value = parser.nextToken();
                if (wanted && value.isNumeric()) {
                    from = (int) parser.currentTokenLocation().getByteOffset();
                    to = from + parser.getTextLength();
                }
                parser.skipChildren();
            }
        }
        if (from < 0) {
            return event;
        }
        ByteArrayOutputStream changed = new ByteArrayOutputStream(event.length + 8);
        changed.write(event, 0, from);
        changed.writeBytes(Long.toString(timestamp).getBytes(StandardCharsets.US_ASCII));
        changed.write(event, to, event.length - to);
        return changed.toByteArray();
    }

    /** Whether a text is one well-formed JSON object. */
    static boolean isObject(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
