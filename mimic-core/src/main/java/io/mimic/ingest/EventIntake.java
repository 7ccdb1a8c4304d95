package io.mimic.ingest;

import io.mimic.buffer.SentBatch;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.privacy.SuspectTexts;
import io.mimic.session.ClientMetadata;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes the events of one batch, one by one: checks each, parts their bytes into timeline and DOM, and has them scrubbed and counted. */
final class EventIntake {
    /** How long before its sending an event may have happened: a laptop sleeps over a holiday. */
    private static final long OLDEST = Duration.ofDays(30).toMillis();

    /** How long after its sending: the browser's clock may be set back in between. */
    private static final long NEWEST = Duration.ofDays(1).toMillis();

    private final BatchBody body;
    private final IngestLimits limits;
    private final EventScrub scrub;
    private final long sentAt;
    private final Lines timeline;
    private final Lines dom;
    private final Summarizer summary;
    private final SentBatch.Cuts cuts = new SentBatch.Cuts();
    private int taken;

    EventIntake(BatchBody body, IngestLimits limits, BatchJson parsers, EventScrub scrub, long sentAt) {
        this.body = body;
        this.limits = limits;
        this.sentAt = sentAt;
        this.scrub = scrub;
        this.timeline = new Lines(scrub.memory());
        this.dom = new Lines(scrub.memory());
        this.summary = new Summarizer(parsers);
    }

    /** To be called before a further event is read. */
    void begin() throws Refusal {
        if (taken == limits.events()) {
            throw Refusal.tooLarge("The batch has more than " + limits.events() + " events.");
        }
        if (taken == 1) {
            body.limit(limits.batchBytes(), "A batch of several events");
        }
    }

    /**
     * Takes the event that was read.
     *
     * @param offset where it lies in the body
     * @param suspects texts that could not be passed over; null where nobody has looked
     */
    void take(EventFacts facts, Lines.Slice event, long offset, @Nullable SuspectTexts suspects) throws IOException {
        check(facts);
        Lines lines = facts.type() >= Summarizer.META ? timeline : dom;
        cuts.add(lines == timeline, facts.timestamp(), offset, offset + event.length());
        Lines.Slice clean = scrub.clean(event, kind(facts), suspects);
        lines.add(facts.timestamp(), clean, facts.breaks());
        summary.add(facts.type(), facts.timestamp(), facts.source(), clean);
        taken++;
    }

    /** @param sent the body as it came, when it holds nothing that is not to be stored but what was found in the events; else empty */
    Batch batch(BatchHead head, @Nullable ClientMetadata client, byte[] sent) throws Refusal {
        byte[] timelineLines = timeline.toByteArray();
        byte[] domLines = dom.toByteArray();
        // one that is larger than its events is mostly blanks between them, which nobody counts
        boolean small = sent.length <= timelineLines.length + domLines.length;
        boolean asSent = sent.length > 0 && small && !scrub.hasChanged();
        SentBatch kept = asSent ? new SentBatch(sent, cuts.toByteArray()) : null;
        return new Batch(head, summary.build(client), timelineLines, domLines, kept);
    }

    private static Kind kind(EventFacts facts) {
        if (facts.type() < Summarizer.META) {
            return Kind.PAGE;
        }
        return facts.identity() ? Kind.IDENTITY : Kind.TEXT;
    }

    private void check(EventFacts facts) throws Refusal {
        if (facts.type() < 0 || facts.timestamp() < 0) {
            throw malformed(facts.type() < 0 ? "has no type" : "has no timestamp");
        }
        if (!facts.hasData() && facts.type() >= Summarizer.FULL_SNAPSHOT) {
            throw malformed("has no data object");
        }
        if (facts.timestamp() < sentAt - OLDEST || facts.timestamp() > sentAt + NEWEST) {
            throw malformed("has a timestamp more than 30 days before or 1 day after sentAt");
        }
    }

    /** That something is wrong with the event that is being read. */
    Refusal malformed(String how) {
        return Refusal.malformed("The event at index " + taken + " " + how + ".");
    }
}
