package io.mimic.replay;

import io.mimic.archive.SegmentReader;
import io.mimic.archive.SegmentSpool;
import io.mimic.archive.SegmentTally;
import io.mimic.archive.WorkFolder;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionRow;
import io.mimic.replay.SessionReader.NoSuchSessionException;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A steady picture of one session: its row, its segments and a copy of what the buffer holds of it. The buffer is read before the
 * catalog, so that a batch that is archived meanwhile is seen at least once; what is seen twice is taken once.
 */
final class Recording implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Recording.class.getName());

    private final SessionRow row;
    private final List<SegmentRow> segments;
    private final SegmentSpool spool;
    private final List<RecordedPage> pages;
    private final List<RecordedPage> serverPages;

    private Recording(SessionRow row, List<SegmentRow> segments, SegmentSpool spool, SegmentReader reader) {
        this.row = row;
        this.segments = segments;
        this.spool = spool;
        List<RecordedPage> all = pages(segments, spool, reader);
        this.pages = all.stream().filter(page -> !page.ofServer()).toList();
        this.serverPages = all.stream().filter(RecordedPage::ofServer).toList();
        pages.stream().findFirst().ifPresent(first -> serverPages.forEach(page -> page.follow(first)));
    }

    /**
     * @param folder for temporary files
     * @throws NoSuchSessionException when the project has no such session
     */
    static Recording open(
            SessionBuffer buffer,
            SessionCatalog catalog,
            SegmentReader reader,
            WorkFolder folder,
            String project,
            UUID session)
            throws IOException {
        SessionRow known = row(catalog, project, session);
        SegmentSpool spool = SegmentSpool.open(folder, project, session);
        try {
            try {
                buffer.read(project, session, chunk -> add(spool, chunk));
            } catch (StoreException e) {
                if (known.active()) {
                    throw e;
                }
                LOG.log(Level.DEBUG, "An ended session is read without the buffer.", e);
            }
            List<SegmentRow> segments = catalog.segments(project, session);
            return new Recording(row(catalog, project, session), segments, spool, reader);
        } catch (RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private static SessionRow row(SessionCatalog catalog, String project, UUID session) {
        return catalog.session(project, session).orElseThrow(() -> new NoSuchSessionException(session));
    }

    private static void add(SegmentSpool spool, io.mimic.buffer.Chunk chunk) {
        try {
            spool.add(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RecordedPage> pages(List<SegmentRow> segments, SegmentSpool spool, SegmentReader reader) {
        Map<String, RecordedPage> pages = new LinkedHashMap<>();
        List<Source> sources = new ArrayList<>();
        segments.forEach(segment -> sources.add(new Source.Archived(reader, segment)));
        sources.add(new Source.Live(spool));
        for (Source source : sources) {
            for (PageRow page : source.pages()) {
                pages.computeIfAbsent(page.page(), id -> new RecordedPage(page)).add(source, page);
            }
        }
        return pages.values().stream()
                .filter(RecordedPage::hasEvents)
                .sorted(Comparator.comparingLong(RecordedPage::firstAt))
                .toList();
    }

    SessionRow row() {
        return row;
    }

    List<SegmentRow> segments() {
        return segments;
    }

    /** What is not archived yet, in numbers. */
    SegmentTally live() {
        return spool.tally();
    }

    /** Pages with events, in order of time. */
    List<RecordedPage> pages() {
        return pages;
    }

    /** What the server itself saw, its times brought to the browser's clock. */
    List<RecordedPage> serverPages() {
        return serverPages;
    }

    /** The page that was there at a moment: the last that had begun, else the first. Only where there are pages. */
    RecordedPage pageAt(long at) {
        RecordedPage found = pages.get(0);
        for (RecordedPage page : pages) {
            found = page.firstAt() <= at ? page : found;
        }
        return found;
    }

    long startedAt() {
        return pages.stream().mapToLong(RecordedPage::firstAt).min().orElse(row.startedAt());
    }

    long endedAt() {
        return pages.stream().mapToLong(RecordedPage::lastAt).max().orElse(row.endedAt());
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
