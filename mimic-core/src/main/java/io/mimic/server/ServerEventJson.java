package io.mimic.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mimic.json.Jackson;
import io.mimic.privacy.ClientText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes facts as events, one line each, as a chunk's timeline keeps them. */
final class ServerEventJson {
    private static final JsonFactory JSON = Jackson.builder().build();
    private static final int PLUGIN = 6;
    private static final int SHORT = 200;
    private static final int PATH = 1_000;
    private static final int LOG = 1_000;

    private final ServerSettings settings;

    ServerEventJson(ServerSettings settings) {
        this.settings = settings;
    }

    /** {@code time TAB event LF} */
    byte[] line(ServerItem item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        out.writeBytes((item.at() + "\t").getBytes(StandardCharsets.US_ASCII));
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("type", PLUGIN);
            json.writeNumberField("timestamp", item.at());
            json.writeObjectFieldStart("data");
            json.writeStringField("plugin", plugin(item.fact()));
            json.writeObjectFieldStart("payload");
            payload(json, item);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.write('\n');
        return out.toByteArray();
    }

    private static String plugin(ServerFact fact) {
        if (fact instanceof ServerFact.Request) {
            return "mimic/server@1";
        }
        return fact instanceof ServerFact.Identity ? "mimic/identify@1" : "mimic/event@1";
    }

    private void payload(JsonGenerator json, ServerItem item) throws IOException {
        ServerFact fact = item.fact();
        if (fact instanceof ServerFact.Request request) {
            json.writeStringField("id", item.request());
            json.writeNumberField("startedAt", item.at());
            request(json, request);
        } else if (fact instanceof ServerFact.Identity identity) {
            json.writeStringField("user", user(identity));
            json.writeFieldName("traits");
            json.writeRawValue(identity.traits());
        } else if (fact instanceof ServerFact.Moment moment) {
            json.writeStringField("name", name(moment));
            json.writeFieldName("data");
            json.writeRawValue(moment.data());
        }
    }

    static String user(ServerFact.Identity identity) {
        return Objects.requireNonNullElse(ClientText.user(identity.user()), "?");
    }

    static String name(ServerFact.Moment moment) {
        return Objects.requireNonNullElse(ClientText.line(moment.name(), SHORT), "?");
    }

    private void request(JsonGenerator json, ServerFact.Request request) throws IOException {
        text(json, "method", ClientText.line(request.method(), 32));
        String path = settings.clean(settings.names().scrubPath(request.path()));
        text(json, "path", ClientText.line(path, PATH));
        json.writeBooleanField("document", request.document());
        text(json, "route", ClientText.line(request.route(), PATH));
        text(json, "handler", ClientText.line(request.handler(), SHORT));
        json.writeNumberField("status", request.status());
        json.writeNumberField("durationMs", request.durationMs());
        text(json, "traceId", request.traceId());
        if (request.exception() != null) {
            exception(json, request.exception());
        }
        if (!request.logs().isEmpty()) {
            json.writeArrayFieldStart("logs");
            for (LogLine line : request.logs()) {
                log(json, line);
            }
            json.writeEndArray();
        }
        if (request.logsLeftOut() > 0) {
            json.writeNumberField("logsLeftOut", request.logsLeftOut());
        }
    }

    private void exception(JsonGenerator json, Throwable exception) throws IOException {
        json.writeObjectFieldStart("exception");
        json.writeStringField("type", exception.getClass().getName());
        text(json, "message", StackText.message(exception, settings));
        json.writeStringField("stack", StackText.of(exception, settings));
        json.writeEndObject();
    }

    private void log(JsonGenerator json, LogLine line) throws IOException {
        String message = settings.strict() ? SecretNames.MASK : settings.line(line.message(), LOG);
        json.writeStartObject();
        json.writeStringField("level", line.level());
        text(json, "logger", ClientText.line(line.logger(), SHORT));
        json.writeStringField("message", message == null ? "" : message);
        json.writeNumberField("timestamp", line.at());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
