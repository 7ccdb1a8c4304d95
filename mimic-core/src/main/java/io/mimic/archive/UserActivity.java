package io.mimic.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mimic.buffer.Chunk;
import io.mimic.json.Jackson;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Counts, second by second, the DOM events that a person caused: mouse, touch, scroll, input, drag. */
final class UserActivity {
    private static final int INCREMENTAL = 3;
    // rrweb's IncrementalSource: MouseMove, MouseInteraction, Scroll, Input, TouchMove, Drag
    private static final Set<Integer> SOURCES = Set.of(1, 2, 3, 5, 6, 12);
    private static final JsonFactory JSON = Jackson.builder().build();

    private UserActivity() {}

    /** @return {@code {second since the epoch, number}} in order of time */
    static List<long[]> of(Chunk chunk) {
        if (chunk.summary().userEvents() == 0) {
            return List.of();
        }
        TreeMap<Long, Long> counts = new TreeMap<>();
        byte[] lines = chunk.dom();
        int start = 0;
        while (start < lines.length) {
            int end = indexOf(lines, (byte) '\n', start);
            int tab = indexOf(lines, (byte) '\t', start);
            if (tab < end && byPerson(lines, tab + 1, end - tab - 1)) {
                long second = Math.floorDiv(EventLines.timestamp(lines, start, tab), 1000L);
                counts.merge(second, 1L, Long::sum);
            }
            start = end + 1;
        }
        return counts.entrySet().stream()
                .map(entry -> new long[] {entry.getKey(), entry.getValue()})
                .toList();
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Reads no further than it must: type and source stand before what is large. */
    private static boolean byPerson(byte[] json, int offset, int length) {
        int type = -1;
        int source = -1;
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            int depth = 0;
            boolean inData = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && depth <= 2) {
                    String name = parser.currentName();
                    boolean wanted = depth == 1 ? name.equals("type") : inData && name.equals("source");
                    inData = depth == 1 ? name.equals("data") : inData;
                    if (wanted) {
                        int value = parser.nextIntValue(-1);
                        token = parser.currentToken();
                        type = depth == 1 ? value : type;
                        source = depth == 2 ? value : source;
                    }
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (type >= 0 && (type != INCREMENTAL || source >= 0)) {
                    break;
                }
            }
        } catch (IOException e) {
            // Only a count hangs on it; the event itself is kept as it came.
            return false;
        }
        return type == INCREMENTAL && SOURCES.contains(source);
    }
}
