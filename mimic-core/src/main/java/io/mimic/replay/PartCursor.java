package io.mimic.replay;

import io.mimic.archive.BatchHeader;
import io.mimic.archive.PartReader;
import io.mimic.archive.SegmentDamagedException;
import io.mimic.archive.SegmentPart;
import io.mimic.catalog.PageRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds batches in one part of a source and walks through their events. A part that turns out to be damaged is told once, and then has no
 * more events. Not thread-safe.
 */
final class PartCursor implements AutoCloseable {
    private final Source source;
    private final SegmentPart part;
    private final BiConsumer<Source, SegmentDamagedException> damage;
    private final Map<String, Integer> pageOrder = new HashMap<>();
    private @Nullable PartReader reader;
    private @Nullable BatchHeader batch;
    private boolean damaged;
    private boolean atEvent;

    PartCursor(Source source, SegmentPart part, BiConsumer<Source, SegmentDamagedException> damage) {
        this.source = source;
        this.part = part;
        this.damage = damage;
        List<PageRow> pages = source.pages();
        for (int i = 0; i < pages.size(); i++) {
            pageOrder.put(pages.get(i).page(), i);
        }
    }

    /**
     * Goes to a batch and its first event.
     *
     * @return the batch's header; null when it cannot be read
     */
    @Nullable
    BatchHeader seek(String page, int seq) throws IOException {
        atEvent = false;
        try {
            BatchHeader found = damaged ? null : find(page, seq);
            if (found != null) {
                nextEvent();
            }
            return found;
        } catch (SegmentDamagedException e) {
            damaged(e);
            return null;
        }
    }

    private @Nullable BatchHeader find(String page, int seq) throws IOException {
        PartReader from = reader;
        if (from == null || batch == null || compare(batch, page, seq) >= 0) {
            close();
            from = source.open(part);
            reader = from;
            batch = from.nextBatch();
        }
        while (batch != null && compare(batch, page, seq) < 0) {
            batch = from.nextBatch();
        }
        return batch != null && compare(batch, page, seq) == 0 ? batch : null;
    }

    private int compare(BatchHeader header, String page, int seq) {
        int pages = Integer.compare(
                pageOrder.getOrDefault(header.page(), Integer.MAX_VALUE),
                pageOrder.getOrDefault(page, Integer.MAX_VALUE));
        return pages != 0 ? pages : Integer.compare(header.seq(), seq);
    }

    /** Whether it reads the timeline's part. */
    boolean timeline() {
        return part == SegmentPart.TIMELINE;
    }

    /** Whether there is an event at hand. */
    boolean atEvent() {
        return atEvent;
    }

    /** Time of the event at hand by the browser's clock. */
    long timestamp() {
        return reader == null ? 0 : reader.timestamp();
    }

    /**
     * The event at hand; the next one is then at hand.
     *
     * @return null when it cannot be read
     */
    byte @Nullable [] take() {
        PartReader from = reader;
        if (from == null) {
            return null;
        }
        try {
            byte[] json = from.json();
            nextEvent();
            return json;
        } catch (SegmentDamagedException e) {
            damaged(e);
            return null;
        }
    }

    /** Passes over the event at hand. */
    void skip() {
        nextEvent();
    }

    private void nextEvent() {
        try {
            atEvent = reader != null && reader.nextEvent();
        } catch (SegmentDamagedException e) {
            damaged(e);
        }
    }

    private void damaged(SegmentDamagedException cause) {
        atEvent = false;
        if (!damaged) {
            damaged = true;
            damage.accept(source, cause);
        }
    }

    @Override
    public void close() throws IOException {
        PartReader open = reader;
        reader = null;
        batch = null;
        if (open != null) {
            open.close();
        }
    }
}
