package io.mimic.archive;

import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Marker;
import io.mimic.catalog.MarkerRow;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a run of batches adds up to: pages, counts, markers. Not thread-safe. */
public final class SegmentTally {
    private static final int MAX_MARKERS = 5_000;
    private static final int MAX_EVENT_NAMES = 500;

    private final Map<String, PageTally> pages = new LinkedHashMap<>();
    private final Set<Integer> statuses = new TreeSet<>();
    private final Set<String> eventNames = new LinkedHashSet<>();
    private final List<ChunkKey> keys = new ArrayList<>();
    private final List<Stamped> markers = new ArrayList<>();
    private final Map<String, TreeMap<Long, Long>> activity = new LinkedHashMap<>();
    private final Map<String, Long> knownSkews = new LinkedHashMap<>();
    private long events;
    private long errors;
    private long failedRequests;
    private long consoleErrors;
    private long rageClicks;
    private long rawBytes;
    private long identifiedAt = Long.MIN_VALUE;
    private @Nullable String user;
    private @Nullable String traits;

    /**
     * The skew of a page whose first batch is not among those to be added.
     *
     * @param skewMs as {@link PageRow#skewMs()} of an earlier segment has it
     */
    public void knowSkew(String page, long skewMs) {
        knownSkews.putIfAbsent(page, skewMs);
    }

    /**
     * Adds a batch.
     *
     * @param perSecond {@code {second, number of user events}} of the batch
     */
    public void add(Chunk chunk, List<long[]> perSecond) {
        BatchSummary batch = chunk.summary();
        pages.computeIfAbsent(chunk.page(), page -> new PageTally(page, chunk.window()))
                .add(chunk, knownSkews.get(chunk.page()));
        keys.add(chunk.key());
        rawBytes += chunk.rawBytes();
        events += batch.events();
        errors += batch.errors();
        failedRequests += batch.failedRequests();
        consoleErrors += batch.consoleErrors();
        rageClicks += batch.rageClicks();
        statuses.addAll(batch.statuses());
        batch.eventNames().stream()
                .limit(MAX_EVENT_NAMES - Math.min(MAX_EVENT_NAMES, eventNames.size()))
                .forEach(eventNames::add);
        for (Marker marker : batch.markers()) {
            if (markers.size() < MAX_MARKERS) {
                markers.add(new Stamped(chunk.page(), marker));
            }
        }
        for (long[] second : perSecond) {
            activity.computeIfAbsent(chunk.page(), page -> new TreeMap<>()).merge(second[0], second[1], Long::sum);
        }
        if (batch.user() != null && batch.lastAt() >= identifiedAt) {
            identifiedAt = batch.lastAt();
            user = batch.user();
            traits = batch.traits();
        }
    }

    /** Exactly the batches that were added, in their order. */
    public List<ChunkKey> keys() {
        return List.copyOf(keys);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** One row a page, in the order in which the pages came. */
    public List<PageRow> pages() {
        return pages.values().stream().map(PageTally::row).toList();
    }

    public SegmentCounts counts() {
        return new SegmentCounts(events, errors, failedRequests, consoleErrors, rageClicks);
    }

    /** Bytes of the batches' events. */
    public long rawBytes() {
        return rawBytes;
    }

    /** Time of the earliest event, skew applied; 0 without events. */
    public long firstAt() {
        return withEvents().mapToLong(PageTally::firstCorrected).min().orElse(0);
    }

    /** Time of the latest event, skew applied; 0 without events. */
    public long lastAt() {
        return withEvents().mapToLong(PageTally::lastCorrected).max().orElse(0);
    }

    /** Address of the page that was last active; null when none is known. */
    public @Nullable String url() {
        return pages.values().stream()
                .filter(page -> page.url != null)
                .max(Comparator.comparingLong(PageTally::lastCorrected))
                .map(page -> page.url)
                .orElse(null);
    }

    /** Title of the page that was last active; null when none is known. */
    public @Nullable String title() {
        return pages.values().stream()
                .filter(page -> page.title != null)
                .max(Comparator.comparingLong(PageTally::lastCorrected))
                .map(page -> page.title)
                .orElse(null);
    }

    /** The user who was identified last; null when none was. */
    public @Nullable String user() {
        return user;
    }

    /** That user's traits as a JSON object. */
    public @Nullable String traits() {
        return traits;
    }

    public Set<Integer> statuses() {
        return Set.copyOf(statuses);
    }

    public Set<String> eventNames() {
        return Set.copyOf(eventNames);
    }

    /** In order of time, skew applied; at most 5,000. */
    public List<MarkerRow> markers() {
        return markers.stream()
                .map(stamped -> new MarkerRow(
                        stamped.marker().at() - correction(stamped.page()),
                        stamped.marker().kind(),
                        stamped.marker().label()))
                .sorted(Comparator.comparingLong(MarkerRow::at))
                .toList();
    }

    /** {@code {time in ms, skew applied; number of user events}}, second by second in order of time. */
    public List<long[]> activity() {
        TreeMap<Long, Long> all = new TreeMap<>();
        activity.forEach((page, seconds) ->
                seconds.forEach((second, count) -> all.merge(second * 1000 - correction(page), count, Long::sum)));
        return all.entrySet().stream()
                .map(entry -> new long[] {entry.getKey(), entry.getValue()})
                .toList();
    }

    private long correction(String page) {
        PageTally tally = pages.get(page);
        return tally == null ? 0 : ClockSkew.correction(tally.skewMs);
    }

    private java.util.stream.Stream<PageTally> withEvents() {
        return pages.values().stream().filter(page -> page.hasEvents);
    }

    private record Stamped(String page, Marker marker) {}

    private static final class PageTally {
        private final String page;
        private final String window;
        private final SeqRanges seqs = new SeqRanges();
        private final List<Long> snapshots = new ArrayList<>();
        private boolean hasEvents;
        private long firstAt;
        private long lastAt;
        private int lowestSeq = Integer.MAX_VALUE;
        private int urlSeq = -1;
        private int titleSeq = -1;
        private long skewMs;
        private @Nullable String url;
        private @Nullable String title;

        PageTally(String page, String window) {
            this.page = page;
            this.window = window;
        }

        void add(Chunk chunk, @Nullable Long knownSkew) {
            BatchSummary batch = chunk.summary();
            seqs.add(chunk.seq());
            snapshots.addAll(batch.snapshots());
            if (batch.events() > 0) {
                firstAt = hasEvents ? Math.min(firstAt, batch.firstAt()) : batch.firstAt();
                lastAt = hasEvents ? Math.max(lastAt, batch.lastAt()) : batch.lastAt();
                hasEvents = true;
            }
            if (chunk.seq() < lowestSeq) {
                lowestSeq = chunk.seq();
                skewMs = chunk.seq() == 0 || knownSkew == null ? chunk.skewMs() : knownSkew;
            }
            if (batch.url() != null && chunk.seq() > urlSeq) {
                urlSeq = chunk.seq();
                url = batch.url();
            }
            if (batch.title() != null && chunk.seq() > titleSeq) {
                titleSeq = chunk.seq();
                title = batch.title();
            }
        }

        PageRow row() {
            return new PageRow(
                    page,
                    window,
                    url,
                    title,
                    firstAt,
                    lastAt,
                    skewMs,
                    seqs.toString(),
                    snapshots.stream().sorted().distinct().toList());
        }

        long firstCorrected() {
            return firstAt - ClockSkew.correction(skewMs);
        }

        long lastCorrected() {
            return lastAt - ClockSkew.correction(skewMs);
        }
    }
}
