package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mimic.buffer.SentBatch;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.session.ClientMetadata;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the events of one batch: checks each, parts their bytes into timeline and DOM, and has them counted. */
final class EventReader {
    /** How long before its sending an event may have happened: a laptop sleeps over a holiday. */
    private static final long OLDEST = Duration.ofDays(30).toMillis();

    /** How long after its sending: the browser's clock may be set back in between. */
    private static final long NEWEST = Duration.ofDays(1).toMillis();

    private static final int LAST_TYPE = 6;

    private final JsonParser json;
    private final BatchBody body;
    private final IngestLimits limits;
    private final EventScrub scrub;
    private final long sentAt;
    private final Lines timeline;
    private final Lines dom;
    private final Summarizer summary;
    private final SentBatch.Cuts cuts = new SentBatch.Cuts();
    private int count;
    // of the event that is being read
    private int type;
    private long timestamp;
    private int source;
    private boolean hasData;
    private boolean identity;

    EventReader(
            JsonParser json, BatchBody body, IngestLimits limits, BatchJson parsers, EventScrub scrub, long sentAt) {
        this.json = json;
        this.body = body;
        this.limits = limits;
        this.sentAt = sentAt;
        this.scrub = scrub;
        this.timeline = new Lines(scrub.memory());
        this.dom = new Lines(scrub.memory());
        this.summary = new Summarizer(parsers);
    }

    /** Reads to the end of the array that the parser stands at the start of. */
    void read() throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            count++;
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw malformed("is no object");
            }
            if (count > limits.events()) {
                throw Refusal.tooLarge("The batch has more than " + limits.events() + " events.");
            }
            if (count == 2) {
                body.limit(limits.batchBytes(), "A batch of several events");
            }
            event();
        }
    }

    /** @param sent the body as it came, when it holds nothing that is not to be stored but what was found in the events; else empty */
    Batch batch(BatchHead head, @Nullable ClientMetadata client, byte[] sent) {
        byte[] timelineLines = timeline.toByteArray();
        byte[] domLines = dom.toByteArray();
        // one that is larger than its events is mostly blanks between them, which nobody counts
        boolean small = sent.length <= timelineLines.length + domLines.length;
        boolean asSent = sent.length > 0 && small && !scrub.hasChanged();
        SentBatch kept = asSent ? new SentBatch(sent, cuts.toByteArray()) : null;
        return new Batch(head, summary.build(client), timelineLines, domLines, kept);
    }

    private void event() throws IOException {
        long from = json.currentTokenLocation().getByteOffset();
        body.window().discardBefore(from);
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
        long to = json.currentLocation().getByteOffset();
        check();
        Lines lines = type >= Summarizer.META ? timeline : dom;
        Lines.Slice event = lines.add(timestamp, body.window(), from, to);
        cuts.add(lines == timeline, timestamp, from, to);
        summary.add(type, timestamp, source, scrub.clean(lines, event, kind()));
    }

    private Kind kind() {
        if (type < Summarizer.META) {
            return Kind.PAGE;
        }
        return identity ? Kind.IDENTITY : Kind.TEXT;
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
            throw malformed("has data twice");
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
            throw malformed("has a type twice");
        }
        int value = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getValueAsInt(-1) : -1;
        if (value < 0 || value > LAST_TYPE) {
            throw malformed("has a type that is no whole number from 0 to " + LAST_TYPE);
        }
        return value;
    }

    private long timestamp() throws IOException {
        if (timestamp >= 0) {
            throw malformed("has a timestamp twice");
        }
        double value = json.currentToken().isNumeric() ? json.getDoubleValue() : -1;
        if (!(value >= 0 && value <= HeadReader.MAX_TIME)) {
            throw malformed("has a timestamp that is no number from 0 to " + HeadReader.MAX_TIME);
        }
        return (long) value;
    }

    private void check() throws Refusal {
        if (type < 0 || timestamp < 0) {
            throw malformed(type < 0 ? "has no type" : "has no timestamp");
        }
        if (!hasData && type >= Summarizer.FULL_SNAPSHOT) {
            throw malformed("has no data object");
        }
        if (timestamp < sentAt - OLDEST || timestamp > sentAt + NEWEST) {
            throw malformed("has a timestamp more than 30 days before or 1 day after sentAt");
        }
    }

    private Refusal malformed(String how) {
        return Refusal.malformed("The event at index " + (count - 1) + " " + how + ".");
    }
}
