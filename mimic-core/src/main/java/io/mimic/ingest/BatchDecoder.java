package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.mimic.privacy.ClientText;
import io.mimic.privacy.Scrubber;
import io.mimic.session.ClientMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a batch from a request's body as it streams, holding no more of it than the lines that it becomes and one event. */
final class BatchDecoder {
    private static final long HEAD = 1024 * 1024;

    private final IngestLimits limits;
    private final MemoryBudget memory;
    private final BatchJson json;
    private final Scrubber scrubber;
    private final LongSupplier nanoTime;

    BatchDecoder(IngestLimits limits, Scrubber scrubber, LongSupplier nanoTime) {
        this.limits = limits;
        this.memory = new MemoryBudget(limits.memoryBytes());
        this.json = new BatchJson(limits);
        this.scrubber = scrubber;
        this.nanoTime = nanoTime;
    }

    /** Reads a batch and hands it on; its memory counts until {@code sink} returns. */
    <T> T decode(IngestRequest request, Gate gate, Sink<T> sink) throws Refusal {
        try (MemoryBudget.Share share = memory.open()) {
            return sink.take(read(request, gate, share));
        }
    }

    private Batch read(IngestRequest request, Gate gate, MemoryBudget.Share share) throws Refusal {
        try (BatchBody body = BatchBody.open(request, limits, share, nanoTime)) {
            return read(body, gate, share);
        } catch (Refusal e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw told(e, 0);
        } catch (IOException e) {
            throw Refusal.malformed("The body ended before it was complete.");
        }
    }

    private Batch read(BatchBody body, Gate gate, MemoryBudget.Share share) throws IOException {
        body.limit(HEAD, "What comes before the events");
        RememberedStream remembered = new RememberedStream(body, share);
        HeadReader reader;
        BatchHead head;
        EventBytes bytes;
        try (JsonParser parser = json.parser(remembered)) {
            reader = new HeadReader(parser, remembered.window());
            head = reader.read();
            long offset = parser.currentLocation().getByteOffset();
            ByteArrayOutputStream begun = new ByteArrayOutputStream();
            parser.releaseBuffered(begun);
            bytes = new EventBytes(begun.toByteArray(), offset, body, share);
        }
        gate.admit(head);
        String meta = head.meta() == null ? null : EventScrub.meta(scrubber, head.meta());
        ClientMetadata client = meta == null ? null : gate.client(meta);
        body.limit(limits.eventBytes(), "A batch of one event");
        EventScrub scrub = new EventScrub(scrubber, share);
        EventIntake intake = new EventIntake(body, limits, json, scrub, head.sentAt());
        boolean more = new EventArray(bytes, body, json, share, intake, limits).read();
        // what was taken out of it must not be stored, nor what nobody has looked at, nor a token
        boolean storable = !more && !reader.hasForeign() && head.token() == null && Objects.equals(meta, head.meta());
        return intake.batch(head, client, storable ? body.sent() : new byte[0]);
    }

    /** Sees to it that nothing that matters follows the events; answers whether anything does. */
    static boolean end(JsonParser parser, ByteWindow window) throws IOException {
        boolean more = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (HeadReader.FIELDS.contains(name)) {
                throw Refusal.malformed("The field " + name + " comes after events or is there twice.");
            }
            parser.nextToken();
            parser.skipChildren();
            window.discardBefore(parser.currentLocation().getByteOffset());
            more = true;
        }
        if (parser.nextToken() != null) {
            throw Refusal.malformed("Something follows the batch.");
        }
        return more;
    }

    /**
     * What is wrong with the JSON.
     *
     * @param shift what is to be added to the parser's offsets to get those of the body
     */
    static Refusal told(JsonProcessingException e, long shift) {
        long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        String place = offset < 0 ? "" : " at byte " + (offset + shift);
        if (e instanceof StreamConstraintsException) {
            return Refusal.malformed("The JSON is beyond a limit: " + clean(e.getOriginalMessage()));
        }
        return e instanceof InputCoercionException
                ? Refusal.malformed("A number" + place + " is too large.")
                : Refusal.malformed("The body is not JSON" + place + ": " + clean(e.getOriginalMessage()));
    }

    private static @Nullable String clean(@Nullable String message) {
        return ClientText.line(message, 160);
    }

    /** Decides on a batch when all is known but its events. */
    @FunctionalInterface
    interface Gate {
        void admit(BatchHead head) throws Refusal;

        /**
         * Asked after that.
         *
         * @param meta what the batch says of its client, without what must not be stored
         * @return what of it is counted
         */
        default @Nullable ClientMetadata client(String meta) throws Refusal {
            return null;
        }
    }

    /** Takes the batch that was read. */
    @FunctionalInterface
    interface Sink<T> {
        T take(Batch batch) throws Refusal;
    }
}
