package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads events with a parser that knows all of JSON, and says what is wrong with it: those that {@link EventWalk} leaves. */
final class EventReader {
    static final int LAST_TYPE = 6;

    private final JsonParser json;
    private final ByteWindow window;
    private final EventIntake intake;
    private final MemoryBudget.Share memory;
    private final long shift;
    // of the event that is being read
    private int type;
    private long timestamp;
    private int source;
    private boolean hasData;
    private boolean identity;

    /**
     * @param window what the parser has read
     * @param shift what is to be added to the parser's offsets to get those of the body
     */
    EventReader(JsonParser json, ByteWindow window, EventIntake intake, MemoryBudget.Share memory, long shift) {
        this.json = json;
        this.window = window;
        this.intake = intake;
        this.memory = memory;
        this.shift = shift;
    }

    /** Reads to the end of the array that the parser is in. */
    void read() throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw intake.malformed("is no object");
            }
            intake.begin();
            event();
        }
    }

    private void event() throws IOException {
        long from = json.currentTokenLocation().getByteOffset();
        window.discardBefore(from);
        type = -1;
        timestamp = -1;
        source = -1;
        hasData = false;
        identity = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            member(name);
        }
        int length = (int) (json.currentLocation().getByteOffset() - from);
        memory.take(length);
        byte[] event = new byte[length];
        window.copy(from, from + length, event, 0);
        EventFacts facts = new EventFacts(type, timestamp, source, hasData, identity, true);
        intake.take(facts, new Lines.Slice(event, 0, length), shift + from, null);
        memory.giveBack(length);
    }

    private void member(String name) throws IOException {
        switch (name) {
            case "type" -> type = type();
            case "timestamp" -> timestamp = timestamp();
            case "data" -> data();
            default -> json.skipChildren();
        }
    }

    private void data() throws IOException {
        if (hasData) {
            throw intake.malformed("has data twice");
        }
        hasData = json.currentToken() == JsonToken.START_OBJECT;
        if (!hasData) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT && name.equals("source")) {
                source = json.getValueAsInt(-1);
            } else if (value == JsonToken.VALUE_STRING && name.equals("plugin")) {
                identity = json.getText().equals("mimic/identify@1");
            } else {
                json.skipChildren();
            }
        }
    }

    private int type() throws IOException {
        if (type >= 0) {
            throw intake.malformed("has a type twice");
        }
        int value = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getValueAsInt(-1) : -1;
        if (value < 0 || value > LAST_TYPE) {
            throw intake.malformed("has a type that is no whole number from 0 to " + LAST_TYPE);
        }
        return value;
    }

    private long timestamp() throws IOException {
        if (timestamp >= 0) {
            throw intake.malformed("has a timestamp twice");
        }
        double value = json.currentToken().isNumeric() ? json.getDoubleValue() : -1;
        if (!(value >= 0 && value <= HeadReader.MAX_TIME)) {
            throw intake.malformed("has a timestamp that is no number from 0 to " + HeadReader.MAX_TIME);
        }
        return (long) value;
    }
}
