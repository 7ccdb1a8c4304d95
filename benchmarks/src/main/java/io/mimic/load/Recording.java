package io.mimic.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A visit that was recorded once: a JSON array of rrweb's events, as {@code api/sessions/{id}/events} answers it.
 *
 * @param name of its file
 * @param json the whole file
 */
public record Recording(String name, byte[] json) {
    private static final String FOLDER = "MIMIC_BENCH_RECORDINGS";
    private static final List<String> OWN =
            List.of("dashboard-single-page.json", "shop-checkout.json", "shop-five-pages.json");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(4_000)
                    .build())
            .build();

    /** Those of the folder that {@code MIMIC_BENCH_RECORDINGS} names, else the project's own, in order of their names. */
    public static List<Recording> all() throws IOException {
        String folder = System.getenv(FOLDER);
        return folder == null || folder.isEmpty() ? own() : in(Path.of(folder));
    }

    /** @throws IOException when one cannot be read, or there is none */
    static List<Recording> in(Path folder) throws IOException {
        List<Recording> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                all.add(new Recording(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
            }
        }
        if (all.isEmpty()) {
            throw new IOException(FOLDER + " is \"" + folder
                    + "\"; it must be a folder with at least one .json file, a JSON array of rrweb's events.");
        }
        return all;
    }

    /** The project's own, made by driving its examples. */
    public static List<Recording> own() throws IOException {
        List<Recording> all = new ArrayList<>();
        for (String name : OWN) {
            try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name)) {
                all.add(new Recording(name, Objects.requireNonNull(in, name).readAllBytes()));
            }
        }
        return all;
    }

    /** Each event's JSON on a line of its own, in the parts that MIMIC archives: the timeline (Meta, custom and plugin events), then the DOM. */
    public List<byte[]> parts() throws IOException {
        ByteArrayOutputStream timeline = new ByteArrayOutputStream(json.length / 4);
        ByteArrayOutputStream dom = new ByteArrayOutputStream(json.length);
        for (RecordedEvent event : events()) {
            ByteArrayOutputStream part = event.type() >= RecordedEvent.META ? timeline : dom;
            part.writeBytes(event.json());
            part.write('\n');
        }
        return List.of(timeline.toByteArray(), dom.toByteArray());
    }

    /** From its first event to its last. */
    public long lengthMs() throws IOException {
        List<RecordedEvent> events = events();
        return events.get(events.size() - 1).at() - events.get(0).at();
    }

    /** @throws IOException naming the file and the event when it is no recording */
    List<RecordedPage> pages() throws IOException {
        List<RecordedPage> pages = new ArrayList<>();
        List<RecordedEvent> page = new ArrayList<>();
        for (RecordedEvent event : events()) {
            boolean begins = event.type() == RecordedEvent.META
                    && page.stream().anyMatch(before -> before.type() == RecordedEvent.FULL_SNAPSHOT);
            if (begins) {
                pages.add(page(page));
                page.clear();
            }
            page.add(event);
        }
        pages.add(page(page));
        return pages;
    }

    private RecordedPage page(List<RecordedEvent> events) throws IOException {
        long began = events.get(0).at();
        String url = "about:blank";
        for (RecordedEvent event : events) {
            if (event.type() == RecordedEvent.META) {
                url = href(event.json());
                break;
            }
        }
        List<RecordedEvent> apart = new ArrayList<>();
        long after = -1;
        for (RecordedEvent event : events) {
            // the order of events of the same millisecond is told by nobody
            after = Math.max(after + 1, event.at() - began);
            apart.add(event.at(after));
        }
        return new RecordedPage(url, apart, after);
    }

    private static String href(byte[] meta) throws IOException {
        try (JsonParser parser = JSON.createParser(meta)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals("href")) {
                    return parser.nextTextValue();
                }
            }
        }
        return "about:blank";
    }

    /** In order of time; what the server saw is left out, since no browser sends it. */
    private List<RecordedEvent> events() throws IOException {
        List<RecordedEvent> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException(name + " is no recording: it must be a JSON array of rrweb's events.");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                RecordedEvent event = event(parser, events.size());
                if (event != null) {
                    events.add(event);
                }
            }
        }
        if (events.stream().noneMatch(event -> event.type() == RecordedEvent.FULL_SNAPSHOT)) {
            throw new IOException(name + " is no recording: it has no full snapshot (type 2).");
        }
        events.sort(Comparator.comparingLong(RecordedEvent::at));
        return events;
    }

    private @Nullable RecordedEvent event(JsonParser parser, int number) throws IOException {
        int begin = (int) parser.currentTokenLocation().getByteOffset();
        long at = -1;
        int type = -1;
        int timeFrom = 0;
        int timeTo = 0;
        int dataFrom = 0;
        boolean bare = false;
        boolean server = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            int from = (int) parser.currentTokenLocation().getByteOffset() - begin;
            if (member.equals("timestamp") && value.isNumeric()) {
                at = parser.getLongValue();
                timeFrom = from;
                timeTo = timeFrom + parser.getTextLength();
            } else if (member.equals("type") && value == JsonToken.VALUE_NUMBER_INT) {
                type = parser.getIntValue();
            } else if (member.equals("data") && value == JsonToken.START_OBJECT) {
                dataFrom = from + 1;
                JsonToken first = parser.nextToken();
                bare = first == JsonToken.END_OBJECT;
                server = serverSide(parser);
            } else {
                parser.skipChildren();
            }
        }
        byte[] whole =
                Arrays.copyOfRange(json, begin, (int) parser.currentLocation().getByteOffset());
        if (at < 0 || type < 0 || dataFrom == 0) {
            throw new IOException(name + " is no recording: event " + number
                    + " must have a type, a timestamp and an object as data.");
        }
        return server ? null : new RecordedEvent(at, type, whole, timeFrom, timeTo, dataFrom, bare);
    }

    /** Skips the rest of the data, whose first member's name is the current token. */
    private static boolean serverSide(JsonParser parser) throws IOException {
        boolean server = false;
        for (JsonToken token = parser.currentToken(); token == JsonToken.FIELD_NAME; token = parser.nextToken()) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            server |= member.equals("plugin")
                    && value == JsonToken.VALUE_STRING
                    && parser.getText().equals("mimic/server@1");
            parser.skipChildren();
        }
        return server;
    }
}
