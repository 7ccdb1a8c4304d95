package io.mimic.ingest;

import io.mimic.privacy.Scrubber;
import io.mimic.privacy.Scrubber.Effort;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.privacy.Scrubber.TooMuchException;
import java.nio.charset.StandardCharsets;

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

    /** @param event the one that was added to the lines last */
    Lines.Slice clean(Lines lines, Lines.Slice event, Kind kind) throws Refusal {
        byte[] clean = json(scrubber, event.bytes(), event.from(), event.length(), kind, effort);
        if (clean.length == 0) {
            return event;
        }
        changed = true;
        memory.take(clean.length);
        Lines.Slice replaced = lines.replace(event, clean);
        memory.giveBack(clean.length);
        return replaced;
    }

    /** Client metadata, a JSON object. */
    static String meta(Scrubber scrubber, String meta) throws Refusal {
        byte[] bytes = meta.getBytes(StandardCharsets.UTF_8);
        byte[] clean = json(scrubber, bytes, 0, bytes.length, Kind.TEXT, new Effort(EFFORT));
        return clean.length == 0 ? meta : new String(clean, StandardCharsets.UTF_8);
    }

    /** Empty when nothing is to be changed. */
    private static byte[] json(Scrubber scrubber, byte[] json, int from, int length, Kind kind, Effort effort)
            throws Refusal {
        try {
            byte[] clean = scrubber.json(json, from, length, kind, effort);
            return clean == null ? new byte[0] : clean;
        } catch (TooMuchException e) {
            throw Refusal.tooLarge(String.valueOf(e.getMessage()));
        }
    }
}
