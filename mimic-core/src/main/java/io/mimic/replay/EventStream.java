package io.mimic.replay;

import io.mimic.archive.BatchHeader;
import io.mimic.archive.SegmentDamagedException;
import io.mimic.archive.SegmentPart;
import io.mimic.replay.RecordedPage.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a recording's events as one JSON array that a stock rrweb player plays. For one request; not thread-safe. */
final class EventStream {
    private static final Logger LOG = System.getLogger(EventStream.class.getName());

    private final Recording recording;
    private final EventQuery query;
    private final OutputStream out;
    private final Set<Source> damaged = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean first = true;
    private long lastWritten;

    EventStream(Recording recording, EventQuery query, OutputStream out) {
        this.recording = recording;
        this.query = query;
        this.out = out;
    }

    void write() throws IOException {
        out.write('[');
        try (BatchWalk walk = new BatchWalk(EnumSet.allOf(SegmentPart.class), this::damaged)) {
            for (Start start : starts()) {
                writePage(walk, start);
            }
        }
        out.write(']');
    }

    /** The pages that are asked for, each with the snapshot to begin at. */
    private List<Start> starts() {
        Map<String, List<Start>> byWindow = new LinkedHashMap<>();
        List<RecordedPage> pages = pages();
        for (RecordedPage page : pages) {
            boolean asked = query.window() == null || query.window().equals(page.window());
            if (!asked || (query.to() != 0 && page.firstAt() > query.to())) {
                continue;
            }
            List<Start> starts = byWindow.computeIfAbsent(page.window(), window -> new ArrayList<>());
            Long snapshot = query.from() == 0 ? null : page.snapshots().floor(query.from());
            if (snapshot != null) {
                // This page can show the moment: those before it in its window are not needed.
                starts.clear();
            }
            starts.add(new Start(page, snapshot));
        }
        return pages.stream()
                .flatMap(page ->
                        byWindow.getOrDefault(page.window(), List.of()).stream().filter(start -> start.page() == page))
                .toList();
    }

    /** Of browsers, and after them what the server saw: Plugin events all of it. */
    private List<RecordedPage> pages() {
        return query.domOnly()
                ? recording.pages()
                : Stream.concat(recording.pages().stream(), recording.serverPages().stream())
                        .toList();
    }

    private void writePage(BatchWalk walk, Start start) throws IOException {
        RecordedPage page = start.page();
        PageWriter writer = new PageWriter(page, start.snapshot());
        for (Run run : page.runs()) {
            boolean before =
                    start.snapshot() != null && page.corrected(run.row().lastAt()) < start.snapshot();
            boolean after = query.to() != 0 && page.corrected(run.row().firstAt()) > query.to();
            if (!before && !after) {
                walk.walk(page.id(), run, writer::batch);
                if (damaged.contains(run.source()) && !query.domOnly()) {
                    gap(page);
                }
            }
        }
    }

    private void damaged(Source source, SegmentDamagedException cause) {
        if (damaged.add(source)) {
            LOG.log(Level.WARNING, String.valueOf(cause.getMessage()));
        }
    }

    private void gap(RecordedPage page) throws IOException {
        long at = Math.max(lastWritten, page.firstAt());
        String event = "{\"type\":6,\"data\":{\"plugin\":\"mimic/gap@1\",\"payload\":{\"reason\":\"damaged\"}},"
                + "\"timestamp\":" + at + "}";
        append(event.getBytes(StandardCharsets.US_ASCII));
    }

    private void append(byte[] event) throws IOException {
        if (!first) {
            out.write(',');
        }
        first = false;
        out.write(event);
    }

    /** @param snapshot where to begin, skew applied; null: at the page's start */
    private record Start(RecordedPage page, @Nullable Long snapshot) {}

    private final class PageWriter {
        private final RecordedPage page;
        private final long correction;
        private final @Nullable Long snapshot;
        private boolean begun;
        private byte @Nullable [] meta;

        PageWriter(RecordedPage page, @Nullable Long snapshot) {
            this.page = page;
            this.correction = page.correction();
            this.snapshot = snapshot;
            this.begun = snapshot == null;
        }

        void batch(BatchHeader header, List<PartCursor> parts) throws IOException {
            for (PartCursor next = earliest(parts); next != null; next = earliest(parts)) {
                long at = page.corrected(next.timestamp());
                boolean after = query.to() != 0 && at > query.to();
                if (after || (page.ofServer() && at < query.from())) {
                    next.skip();
                } else if (begun) {
                    writeNext(next, at);
                } else {
                    look(next, at);
                }
            }
        }

        /** The part whose event comes next; of two at the same time the timeline's, since Meta comes before its snapshot. */
        private @Nullable PartCursor earliest(List<PartCursor> parts) {
            PartCursor earliest = null;
            for (PartCursor part : parts) {
                if (part.atEvent() && (earliest == null || part.timestamp() < earliest.timestamp())) {
                    earliest = part;
                }
            }
            return earliest;
        }

        private void writeNext(PartCursor part, long at) throws IOException {
            byte[] event = part.take();
            if (event != null && !(query.domOnly() && part.timeline() && EventJson.type(event) == EventJson.PLUGIN)) {
                write(event, at);
            }
        }

        /** Before the snapshot: only the last Meta event is of use, which says how large the page is. */
        private void look(PartCursor part, long at) throws IOException {
            if (!part.timeline() && (snapshot == null || at < snapshot)) {
                part.skip();
                return;
            }
            byte[] event = part.take();
            if (event == null) {
                return;
            }
            int type = EventJson.type(event);
            if (type == EventJson.META) {
                meta = event;
            } else if (type == EventJson.FULL_SNAPSHOT) {
                begun = true;
                if (meta != null) {
                    write(EventJson.withTimestamp(meta, at), at);
                }
                write(event, at);
            }
        }

        private void write(byte[] event, long at) throws IOException {
            append(correction == 0 ? event : EventJson.withTimestamp(event, at));
            lastWritten = at;
        }
    }
}
