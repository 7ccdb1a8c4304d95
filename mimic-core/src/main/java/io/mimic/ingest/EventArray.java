package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** Reads a batch from within its array of events to its end. For one use. */
final class EventArray {
    /** What a parser would have seen before the first event; and before a later one, whose comma it sees. */
    private static final String BEFORE_FIRST = "{\"events\":[";

    private static final String BEFORE_LATER = BEFORE_FIRST + "0 ";

    private final EventBytes bytes;
    private final InputStream body;
    private final BatchJson json;
    private final MemoryBudget.Share memory;
    private final EventIntake intake;
    private final EventWalk walk;

    /**
     * @param bytes begin after the array's bracket
     * @param body what they are read from
     */
    EventArray(
            EventBytes bytes,
            InputStream body,
            BatchJson json,
            MemoryBudget.Share memory,
            EventIntake intake,
            IngestLimits limits) {
        this.bytes = bytes;
        this.body = body;
        this.json = json;
        this.memory = memory;
        this.intake = intake;
        // batch and array lie around the event
        this.walk = new EventWalk(bytes, limits.depth() - 2);
    }

    /** @return whether the batch holds anything after its events */
    boolean read() throws IOException {
        int i = walk.blanks(0);
        if (walk.byteAt(i) == ']') {
            return end(i);
        }
        boolean first = true;
        while (true) {
            int from = first ? i : walk.blanks(i + 1);
            if (walk.byteAt(from) == '{') {
                intake.begin();
            }
            int to = walk.event(from);
            if (to < 0) {
                return parse(first ? BEFORE_FIRST : BEFORE_LATER, i);
            }
            Lines.Slice event = new Lines.Slice(bytes.array(), from, to - from);
            intake.take(walk.facts(), event, bytes.offset(from), walk.suspects());
            first = false;
            i = bytes.from(walk.blanks(to));
            byte next = walk.byteAt(i);
            if (next != ',') {
                return next == ']' ? end(i) : parse(BEFORE_LATER, i);
            }
        }
    }

    /** @param from where the array's closing bracket is */
    private boolean end(int from) throws IOException {
        int i = walk.blanks(from + 1);
        if (walk.byteAt(i) == '}') {
            int last = walk.blanks(i + 1);
            if (walk.byteAt(last) == 0 && last == bytes.end()) {
                return false;
            }
        }
        return parse(BEFORE_FIRST, from);
    }

    /** Leaves all from here on to a parser. */
    private boolean parse(String before, int from) throws IOException {
        byte[] rest = bytes.copy(from, bytes.end());
        memory.take(rest.length);
        long shift = bytes.offset(from) - before.length();
        InputStream begun = new SequenceInputStream(
                new ByteArrayInputStream(before.getBytes(StandardCharsets.US_ASCII)), new ByteArrayInputStream(rest));
        RememberedStream in = new RememberedStream(new SequenceInputStream(begun, body), memory);
        try (JsonParser parser = json.parser(in)) {
            parser.nextToken();
            parser.nextToken();
            parser.nextToken();
            if (before.equals(BEFORE_LATER)) {
                parser.nextToken();
            }
            new EventReader(parser, in.window(), intake, memory, shift).read();
            return BatchDecoder.end(parser, in.window());
        } catch (JsonProcessingException e) {
            throw BatchDecoder.told(e, shift);
        }
    }
}
