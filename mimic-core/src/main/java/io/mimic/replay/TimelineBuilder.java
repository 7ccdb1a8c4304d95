package io.mimic.replay;

import io.mimic.archive.BatchHeader;
import io.mimic.archive.SegmentDamagedException;
import io.mimic.archive.SegmentPart;
import io.mimic.archive.SeqRanges;
import io.mimic.catalog.PageRow;
import io.mimic.replay.RecordedPage.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the timeline parts of a recording into a {@link Timeline}. For one request; not thread-safe. */
final class TimelineBuilder {
    private static final Logger LOG = System.getLogger(TimelineBuilder.class.getName());

    private final Recording recording;
    private final Timeline timeline;
    private final Sockets sockets;
    private final ServerSide server = new ServerSide();

    TimelineBuilder(Recording recording) {
        this.recording = recording;
        this.timeline = new Timeline(recording.startedAt());
        this.sockets = new Sockets(timeline);
    }

    Timeline build() throws IOException {
        try (BatchWalk walk = new BatchWalk(EnumSet.of(SegmentPart.TIMELINE), this::damaged)) {
            if (!recording.pages().isEmpty()) {
                for (RecordedPage page : recording.serverPages()) {
                    for (Run run : page.runs()) {
                        walk.walk(page.id(), run, (header, parts) -> serverRows(page, parts));
                    }
                }
            }
            for (RecordedPage page : recording.pages()) {
                PageRows rows = new PageRows(page);
                for (Run run : page.runs()) {
                    walk.walk(page.id(), run, rows::batch);
                }
            }
        }
        for (ServerSide.Seen seen : server.rest()) {
            rows(recording.pageAt(seen.at())).unseen(seen);
        }
        sockets.finish();
        timeline.sort();
        return timeline;
    }

    private EventRows rows(RecordedPage page) {
        return new EventRows(page, timeline, sockets, server);
    }

    /** What the server saw belongs to the page that was there. */
    private void serverRows(RecordedPage page, List<PartCursor> parts) throws IOException {
        for (PartCursor part : parts) {
            while (part.atEvent()) {
                long at = page.corrected(part.timestamp());
                byte[] event = part.take();
                if (event != null) {
                    row(rows(recording.pageAt(at)), event, at);
                }
            }
        }
    }

    private void row(EventRows rows, byte[] event, long at) {
        try {
            rows.add(event, at);
        } catch (IOException e) {
            // Nested too deep, the same name twice: nothing that a recorder writes. It is in the events as it came.
            LOG.log(Level.DEBUG, "An event has no row in the timeline.", e);
            timeline.unreadable();
        }
    }

    /** A segment that cannot be read is shown as a gap in each of its pages. */
    private void damaged(Source source, SegmentDamagedException cause) {
        LOG.log(Level.WARNING, String.valueOf(cause.getMessage()));
        for (PageRow row : source.pages()) {
            recording.pages().stream()
                    .filter(page -> page.id().equals(row.page()) && row.firstAt() != 0)
                    .forEach(page -> gap(page, "damaged", page.corrected(row.firstAt()), page.corrected(row.lastAt())));
        }
    }

    private void gap(RecordedPage page, String reason, long from, long to) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("reason", reason);
        members.put("bytes", null);
        members.put("events", null);
        members.put("from", from);
        members.put("to", to);
        try {
            timeline.mark(from, page, "gap", reason, timeline.add(TimelineList.GAPS, from, page, members));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the batches of one page in the order of their numbers. */
    private final class PageRows {
        private final RecordedPage page;
        private final EventRows events;
        private final List<SeqRanges.Range> holes;
        private int hole;
        private long lastAt;

        PageRows(RecordedPage page) {
            this.page = page;
            this.events = rows(page);
            this.holes = page.holes();
            this.lastAt = page.firstAt();
        }

        void batch(BatchHeader header, List<PartCursor> parts) throws IOException {
            long firstAt = timeOf(header, parts);
            while (hole < holes.size() && holes.get(hole).last() < header.seq()) {
                gap(page, "lost", lastAt, Math.max(lastAt, firstAt));
                hole++;
            }
            lastAt = Math.max(lastAt, firstAt);
            for (long[] second : header.activity()) {
                timeline.active(page.corrected(second[0] * 1000), second[1]);
                lastAt = Math.max(lastAt, Math.min(page.lastAt(), page.corrected(second[0] * 1000)));
            }
            for (PartCursor part : parts) {
                while (part.atEvent()) {
                    long at = page.corrected(part.timestamp());
                    byte[] event = part.take();
                    if (event != null) {
                        row(events, event, at);
                    }
                    lastAt = Math.max(lastAt, at);
                }
            }
        }

        /** Roughly when the batch began, by what the timeline's part knows; without anything, when the one before ended. */
        private long timeOf(BatchHeader header, List<PartCursor> parts) {
            long first = Long.MAX_VALUE;
            for (PartCursor part : parts) {
                first = part.atEvent() ? Math.min(first, page.corrected(part.timestamp())) : first;
            }
            for (long[] second : header.activity()) {
                first = Math.min(first, page.corrected(second[0] * 1000));
            }
            return first == Long.MAX_VALUE ? lastAt : first;
        }
    }
}
