package io.mimic.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a timeline as {@code GET api/sessions/{id}/timeline} answers it. */
final class TimelineJson {
    private final JsonGenerator json;
    private final Timeline timeline;

    TimelineJson(JsonGenerator json, Timeline timeline) {
        this.json = json;
        this.timeline = timeline;
    }

    void write(long startedAt, long endedAt) throws IOException {
        json.writeStartObject();
        json.writeNumberField("startedAt", startedAt);
        json.writeNumberField("endedAt", endedAt);
        markers();
        for (TimelineList list : TimelineList.values()) {
            json.writeArrayFieldStart(list.jsonName());
            for (TimelineRow row : timeline.rows(list)) {
                row(row);
            }
            json.writeEndArray();
        }
        activity();
        leftOut();
        json.writeEndObject();
    }

    private void markers() throws IOException {
        json.writeArrayFieldStart("markers");
        for (TimelineMarker marker : timeline.markers()) {
            json.writeStartObject();
            place(marker.at(), marker.page());
            json.writeStringField("kind", marker.kind());
            json.writeStringField("label", marker.label());
            json.writeFieldName("ref");
            if (marker.row() == null) {
                json.writeNull();
            } else {
                json.writeNumber(marker.row().index());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void row(TimelineRow row) throws IOException {
        json.writeStartObject();
        place(row.at(), row.page());
        String members = new String(row.members(), StandardCharsets.UTF_8);
        // The members stand in braces of their own; an empty object has none.
        if (members.length() > 2) {
            json.writeRaw(',');
            json.writeRaw(members, 1, members.length() - 2);
        }
        json.writeEndObject();
    }

    private void place(long at, RecordedPage page) throws IOException {
        json.writeNumberField("at", at);
        json.writeStringField("window", page.window());
        json.writeStringField("page", page.id());
    }

    private void activity() throws IOException {
        json.writeArrayFieldStart("activity");
        for (Map.Entry<Long, Long> second : timeline.activity().entrySet()) {
            json.writeStartArray();
            json.writeNumber(second.getKey());
            json.writeNumber(second.getValue());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void leftOut() throws IOException {
        json.writeObjectFieldStart("leftOut");
        for (Map.Entry<String, Integer> list : timeline.leftOut().entrySet()) {
            json.writeNumberField(list.getKey(), list.getValue());
        }
        json.writeEndObject();
    }
}
