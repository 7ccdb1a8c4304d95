package io.mimic.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.mimic.json.Jackson;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the answers of the dashboard API are written. */
final class Json {
    private static final JsonFactory FACTORY = Jackson.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // An answer that broke off must not look whole.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private Json() {}

    /** @return a generator that, closed, leaves {@code out} open */
    static JsonGenerator to(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    static void time(JsonGenerator json, String name, long at) throws IOException {
        json.writeStringField(name, Instant.ofEpochMilli(at).toString());
    }

    static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    /** Writes a text that should be a JSON object as it is; null when it is none, as after a cut. */
    static void object(JsonGenerator json, String name, @Nullable String text) throws IOException {
        json.writeFieldName(name);
        if (text != null && EventJson.isObject(text)) {
            json.writeRawValue(text);
        } else {
            json.writeNull();
        }
    }
}
