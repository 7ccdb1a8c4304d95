package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a batch that come before its events, and checks their form. */
final class HeadReader {
    static final Set<String> FIELDS =
            Set.of("v", "project", "window", "page", "seq", "sentAt", "token", "server", "meta", "events");
    static final int MAX_META = 256 * 1024;
    /** The largest time that JavaScript knows. */
    static final long MAX_TIME = 8_640_000_000_000_000L;

    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern WINDOW = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern PAGE = Pattern.compile("[0-9a-f]{32}");
    private static final int MAX_SEQ = 10_000_000;
    private static final Pattern SERVED = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final int MAX_SERVED = 50;
    private static final int MAX_TOKEN = 512;

    private final JsonParser json;
    private final ByteWindow window;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String project;
    private @Nullable String tab;
    private @Nullable String page;
    private long seq = -1;
    private long sentAt = -1;
    private @Nullable String token;
    private @Nullable String meta;
    private List<String> served = List.of();
    private boolean foreign;

    HeadReader(JsonParser json, ByteWindow window) {
        this.json = json;
        this.window = window;
    }

    /** Reads up to the first token within {@code events}. */
    BatchHead read() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw Refusal.malformed("A batch is a JSON object.");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (FIELDS.contains(name) && !seen.add(name)) {
                throw Refusal.malformed("The field " + name + " is there twice.");
            }
            json.nextToken();
            if (name.equals("events")) {
                return finish();
            }
            field(name);
            window.discardBefore(json.currentLocation().getByteOffset());
        }
        throw Refusal.malformed("The field events is missing.");
    }

    /** Whether there was a field that is not known. */
    boolean hasForeign() {
        return foreign;
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "v" -> version();
            case "project" -> project = text(name, PROJECT);
            case "window" -> tab = text(name, WINDOW);
            case "page" -> page = text(name, PAGE);
            case "seq" -> seq = integer(name, MAX_SEQ);
            case "sentAt" -> sentAt = integer(name, MAX_TIME);
            case "token" -> token = token();
            case "server" -> served = served();
            case "meta" -> meta = meta();
            default -> {
                foreign = true;
                json.skipChildren();
            }
        }
    }

    private BatchHead finish() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Refusal.malformed("The field events must be an array.");
        }
        if (!seen.contains("v") || seq < 0 || sentAt < 0) {
            throw missing(!seen.contains("v") ? "v" : seq < 0 ? "seq" : "sentAt");
        }
        return new BatchHead(
                required("project", project),
                required("window", tab),
                required("page", page),
                (int) seq,
                sentAt,
                token,
                meta,
                served);
    }

    private static String required(String name, @Nullable String value) throws Refusal {
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private static Refusal missing(String name) {
        return Refusal.malformed("The field " + name + " is missing before events.");
    }

    private void version() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getValueAsInt(0) != 1) {
            throw Refusal.malformed("The field v must be 1: this server speaks no other version.");
        }
    }

    private String text(String name, Pattern form) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING
                || !form.matcher(json.getText()).matches()) {
            throw Refusal.malformed("The field " + name + " must be a text of the form " + form + ".");
        }
        return json.getText();
    }

    private long integer(String name, long largest) throws IOException {
        boolean number = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!number || json.getLongValue() < 0 || json.getLongValue() > largest) {
            throw Refusal.malformed("The field " + name + " must be a whole number from 0 to " + largest + ".");
        }
        return json.getLongValue();
    }

    private @Nullable String token() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING || json.getText().length() > MAX_TOKEN) {
            throw Refusal.malformed("The field token must be a text of at most " + MAX_TOKEN + " characters.");
        }
        return json.getText();
    }

    private List<String> served() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Refusal.malformed("The field server must be an array of ids.");
        }
        List<String> ids = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            ids.add(text("server", SERVED));
            if (ids.size() > MAX_SERVED) {
                throw Refusal.malformed("The field server has more than " + MAX_SERVED + " ids.");
            }
        }
        return ids;
    }

    private @Nullable String meta() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.malformed("The field meta must be an object.");
        }
        long from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        long to = json.currentLocation().getByteOffset();
        if (to - from > MAX_META) {
            throw Refusal.malformed("The field meta is larger than " + MAX_META + " bytes.");
        }
        byte[] bytes = new byte[(int) (to - from)];
        window.copy(from, to, bytes, 0);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
