package io.mimic.replay;

import io.mimic.archive.PartReader;
import io.mimic.archive.SegmentPart;
import io.mimic.archive.SegmentReader;
import io.mimic.archive.SegmentSpool;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentRow;
import java.io.IOException;
import java.util.List;

/** Where batches of a session lie. */
sealed interface Source {
    /** What it holds of each page, in the order in which it has them. */
    List<PageRow> pages();

    PartReader open(SegmentPart part) throws IOException;

    /** A segment in the archive. */
    record Archived(SegmentReader reader, SegmentRow segment) implements Source {
        @Override
        public List<PageRow> pages() {
            return segment.pages();
        }

        @Override
        public PartReader open(SegmentPart part) throws IOException {
            return reader.open(segment, part);
        }
    }

    /** What the buffer held when reading began. */
    record Live(SegmentSpool spool) implements Source {
        @Override
        public List<PageRow> pages() {
            return spool.tally().pages();
        }

        @Override
        public PartReader open(SegmentPart part) throws IOException {
            return spool.read(part);
        }
    }
}
