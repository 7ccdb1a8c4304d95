package io.mimic.asset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.mimic.json.Jackson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the pictures, fonts and style sheets that rrweb's events name. For one event at a time; not thread-safe. */
final class EventAddresses {
    // What ingest let in is not refused here.
    private static final JsonFactory JSON = Jackson.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(128 << 20)
                    .maxNumberLength(10_000)
                    .maxNameLength(1 << 20)
                    .build())
            .build();

    /** Members that hold the text of a style sheet, or of one rule or declaration. */
    private static final Set<String> STYLE = Set.of("textContent", "rule", "replace", "replaceSync", "value");

    private static final Set<String> DOCUMENTS = Set.of("script", "iframe", "frame", "embed", "object");
    private static final Set<String> PICTURES = Set.of("src", "poster", "background");
    private static final Set<String> SETS = Set.of("srcset", "imagesrcset");
    private static final Set<String> DRAWINGS = Set.of("image", "feimage", "use");
    private static final Set<String> REFERENCES = Set.of("href", "xlink:href");
    private static final Pattern CANDIDATE = Pattern.compile("([^\\s,]\\S{0,1000}+)(?:\\s[^,]{0,100}+)?");

    private final Consumer<String> found;
    private @Nullable String tag;

    /** @param found gets every address as it was recorded */
    EventAddresses(Consumer<String> found) {
        this.found = found;
    }

    /** @throws IOException when it is no JSON */
    void read(byte[] event) throws IOException {
        tag = null;
        try (JsonParser parser = JSON.createParser(event)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String name = parser.currentName();
                if (token == JsonToken.START_OBJECT && "attributes".equals(name)) {
                    attributes(parser);
                } else if (token == JsonToken.VALUE_STRING && name != null) {
                    text(parser, name);
                }
            }
        }
    }

    private void text(JsonParser parser, String name) throws IOException {
        if (name.equals("tagName")) {
            tag = parser.getText().toLowerCase(Locale.ROOT);
        } else if (STYLE.contains(name)) {
            CssAddresses.find(parser.getText(), found);
        }
    }

    private void attributes(JsonParser parser) throws IOException {
        String of = tag == null ? "" : tag;
        tag = null;
        Map<String, String> all = new HashMap<>();
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
            if (token == JsonToken.VALUE_STRING) {
                @Nullable String name = parser.currentName();
                if (depth == 1 && name != null) {
                    all.put(name.toLowerCase(Locale.ROOT), parser.getText());
                } else {
                    // a change of single style properties
                    CssAddresses.find(parser.getText(), found);
                }
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        all.forEach((name, value) -> attribute(of, name, value, all));
    }

    private void attribute(String of, String name, String value, Map<String, String> all) {
        if (PICTURES.contains(name)) {
            if (!DOCUMENTS.contains(of)) {
                found.accept(value);
            }
        } else if (SETS.contains(name)) {
            candidates(value);
        } else if (REFERENCES.contains(name)) {
            if (DRAWINGS.contains(of) || isSheet(of, all)) {
                found.accept(value);
            }
        } else {
            CssAddresses.find(value, found);
        }
    }

    private void candidates(String set) {
        Matcher candidate = CANDIDATE.matcher(set);
        while (candidate.find()) {
            String address = candidate.group(1);
            found.accept(address.endsWith(",") ? address.substring(0, address.length() - 1) : address);
        }
    }

    private static boolean isSheet(String of, Map<String, String> all) {
        return of.equals("link")
                && !all.containsKey("_csstext")
                && all.getOrDefault("rel", "").toLowerCase(Locale.ROOT).contains("stylesheet");
    }
}
