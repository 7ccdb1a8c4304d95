package io.mimic.replay;

import io.mimic.archive.BatchHeader;
import io.mimic.archive.SegmentDamagedException;
import io.mimic.archive.SegmentPart;
import io.mimic.replay.RecordedPage.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through batches of a recording in the order of their numbers, whatever segments they lie in, and keeps few parts open at a time,
 * since each takes a decoder's window of memory. Not thread-safe.
 */
final class BatchWalk implements AutoCloseable {
    private static final int MAX_OPEN = 3;

    private final Set<SegmentPart> parts;
    private final BiConsumer<Source, SegmentDamagedException> damage;
    // In order of use, so that the first is the one unused for longest.
    private final LinkedHashMap<Cursors, Boolean> open = new LinkedHashMap<>(8, 0.75f, true);
    private final IdentityHashMap<Source, Cursors> all = new IdentityHashMap<>();

    /** @param damage told once of each part that cannot be read */
    BatchWalk(Set<SegmentPart> parts, BiConsumer<Source, SegmentDamagedException> damage) {
        this.parts = parts;
        this.damage = damage;
    }

    /** Shows the batches of a run one after the other. */
    void walk(String page, Run run, BatchVisitor visitor) throws IOException {
        for (int seq = run.first(); seq <= run.last(); seq++) {
            Cursors cursors = cursors(run.source());
            BatchHeader timeline = cursors.timeline == null ? null : cursors.timeline.seek(page, seq);
            BatchHeader dom = cursors.dom == null ? null : cursors.dom.seek(page, seq);
            BatchHeader header = timeline == null ? dom : timeline;
            if (header != null) {
                List<PartCursor> readable = new ArrayList<>(2);
                if (timeline != null && cursors.timeline != null) {
                    readable.add(cursors.timeline);
                }
                if (dom != null && cursors.dom != null) {
                    readable.add(cursors.dom);
                }
                visitor.visit(header, readable);
            }
        }
    }

    private Cursors cursors(Source source) throws IOException {
        Cursors cursors = all.computeIfAbsent(source, this::cursorsOf);
        open.put(cursors, true);
        if (open.size() > MAX_OPEN) {
            Cursors longestUnused = open.keySet().iterator().next();
            open.remove(longestUnused);
            longestUnused.close();
        }
        return cursors;
    }

    private Cursors cursorsOf(Source source) {
        return new Cursors(cursor(source, SegmentPart.TIMELINE), cursor(source, SegmentPart.DOM));
    }

    private @Nullable PartCursor cursor(Source source, SegmentPart part) {
        return parts.contains(part) ? new PartCursor(source, part, damage) : null;
    }

    @Override
    public void close() throws IOException {
        for (Cursors cursors : all.values()) {
            cursors.close();
        }
    }

    /** Takes batches one by one. */
    @FunctionalInterface
    interface BatchVisitor {
        /** @param parts those that can be read, the timeline's first, each with its first event at hand if it has any */
        void visit(BatchHeader header, List<PartCursor> parts) throws IOException;
    }

    private static final class Cursors {
        private final @Nullable PartCursor timeline;
        private final @Nullable PartCursor dom;

        Cursors(@Nullable PartCursor timeline, @Nullable PartCursor dom) {
            this.timeline = timeline;
            this.dom = dom;
        }

        void close() throws IOException {
            if (timeline != null) {
                timeline.close();
            }
            if (dom != null) {
                dom.close();
            }
        }
    }
}
