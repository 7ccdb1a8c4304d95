package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.mimic.privacy.ClientText;
import io.mimic.privacy.Scrubber;
import io.mimic.session.ClientMetadata;
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
        try (BatchBody body = BatchBody.open(request, limits, share, nanoTime);
                JsonParser parser = json.parser(body)) {
            return read(parser, body, gate, share);
        } catch (Refusal e) {
            throw e;
        } catch (StreamConstraintsException e) {
            throw Refusal.malformed("The JSON is beyond a limit: " + clean(e.getOriginalMessage()));
        } catch (InputCoercionException e) {
            throw Refusal.malformed("A number" + place(e) + " is too large.");
        } catch (JsonProcessingException e) {
            throw Refusal.malformed("The body is not JSON" + place(e) + ": " + clean(e.getOriginalMessage()));
        } catch (IOException e) {
            throw Refusal.malformed("The body ended before it was complete.");
        }
    }

    private Batch read(JsonParser parser, BatchBody body, Gate gate, MemoryBudget.Share share) throws IOException {
        body.limit(HEAD, "What comes before the events");
        HeadReader reader = new HeadReader(parser, body.window());
        BatchHead head = reader.read();
        gate.admit(head);
        String meta = head.meta() == null ? null : EventScrub.meta(scrubber, head.meta());
        ClientMetadata client = meta == null ? null : gate.client(meta);
        body.limit(limits.eventBytes(), "A batch of one event");
        EventReader events =
                new EventReader(parser, body, limits, json, new EventScrub(scrubber, share), head.sentAt());
        events.read();
        boolean more = end(parser, body.window());
        // what was taken out of it must not be stored, nor what nobody has looked at, nor a token
        boolean storable = !more && !reader.hasForeign() && head.token() == null && Objects.equals(meta, head.meta());
        return events.batch(head, client, storable ? body.sent() : new byte[0]);
    }

    /** Sees to it that nothing that matters follows the events; answers whether anything does. */
    private static boolean end(JsonParser parser, ByteWindow window) throws IOException {
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

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null || e.getLocation().getByteOffset() < 0
                ? ""
                : " at byte " + e.getLocation().getByteOffset();
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
