package io.mimic.ingest;

import io.mimic.privacy.Scrubber;
import io.mimic.privacy.Scrubber.Effort;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.privacy.Scrubber.TooMuchException;
import io.mimic.privacy.SuspectTexts;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes out of the events of one batch what must not be stored; an event without any of it keeps its bytes. */
final class EventScrub {
    /** Of the operator's patterns, bytes times patterns: some seconds of one processor at the very most. */
    private static final long EFFORT = 32L * 1024 * 1024;

    private final Scrubber scrubber;
    private final MemoryBudget.Share memory;
    private final Effort effort = new Effort(EFFORT);
    private boolean changed;

    EventScrub(Scrubber scrubber, MemoryBudget.Share memory) {
        this.scrubber = scrubber;
        this.memory = memory;
    }

    MemoryBudget.Share memory() {
        return memory;
    }

    /** Whether something was taken out of an event. */
    boolean hasChanged() {
        return changed;
    }

    /** @param suspects the event's texts that could not be passed over; null where nobody has looked */
    Lines.Slice clean(Lines.Slice event, Kind kind, @Nullable SuspectTexts suspects) throws Refusal {
        byte[] clean = json(scrubber, event, kind, effort, suspects);
        if (clean.length == 0) {
            return event;
        }
        changed = true;
        memory.take(clean.length);
        memory.giveBack(clean.length);
        return new Lines.Slice(clean, 0, clean.length);
    }

    /** Client metadata, a JSON object. */
    static String meta(Scrubber scrubber, String meta) throws Refusal {
        byte[] bytes = meta.getBytes(StandardCharsets.UTF_8);
        byte[] clean = json(scrubber, new Lines.Slice(bytes, 0, bytes.length), Kind.TEXT, new Effort(EFFORT), null);
        return clean.length == 0 ? meta : new String(clean, StandardCharsets.UTF_8);
    }

    /** Empty when nothing is to be changed. */
    private static byte[] json(
            Scrubber scrubber, Lines.Slice json, Kind kind, Effort effort, @Nullable SuspectTexts suspects)
            throws Refusal {
        try {
            byte[] clean = suspects == null
                    ? scrubber.json(json.bytes(), json.from(), json.length(), kind, effort)
                    : scrubber.json(json.bytes(), json.from(), json.length(), kind, effort, suspects);
            return clean == null ? new byte[0] : clean;
        } catch (TooMuchException e) {
            throw Refusal.tooLarge(String.valueOf(e.getMessage()));
        }
    }
}
