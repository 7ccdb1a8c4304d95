package io.mimic.archive;

import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Marker;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.MarkerRow;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentCommit;
import io.mimic.catalog.SegmentCounts;
import io.mimic.catalog.SegmentRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run of batches adds up to: pages, counts, markers. Not thread-safe. */
public final class SegmentTally {
    private static final int MAX_MARKERS = 5_000;
    private static final int MAX_EVENT_NAMES = 500;

    private final Map<String, PageTally> pages = new LinkedHashMap<>();
    private final Set<Integer> statuses = new TreeSet<>();
    private final Set<String> eventNames = new LinkedHashSet<>();
    private final Set<String> users = new LinkedHashSet<>();
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
        users.addAll(batch.users());
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
                .filter(page -> page.url() != null)
                .max(Comparator.comparingLong(PageTally::lastCorrected))
                .map(PageTally::url)
                .orElse(null);
    }

    /** Title of the page that was last active; null when none is known. */
    public @Nullable String title() {
        return pages.values().stream()
                .filter(page -> page.title() != null)
                .max(Comparator.comparingLong(PageTally::lastCorrected))
                .map(PageTally::title)
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

    /** Everybody who was identified. As many as there are: who is left out could not be erased. */
    public Set<String> users() {
        return Set.copyOf(users);
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

    /** What the catalog is told when {@code row}, or an end alone, is committed. */
    SegmentCommit commit(
            String project,
            UUID session,
            long epoch,
            @Nullable SegmentRow row,
            boolean ended,
            long seenAt,
            ClientRow client) {
        return new SegmentCommit(
                project,
                session,
                epoch,
                row,
                ended,
                seenAt,
                client,
                url(),
                title(),
                user(),
                traits(),
                users(),
                statuses(),
                eventNames(),
                markers(),
                activity());
    }

    private long correction(String page) {
        PageTally tally = pages.get(page);
        return tally == null ? 0 : ClockSkew.correction(tally.skewMs());
    }

    /** Of browsers: the server's clock is another one, and its events neither begin nor end a session. */
    private Stream<PageTally> withEvents() {
        return pages.values().stream().filter(page -> page.hasEvents() && !page.ofServer());
    }

    private record Stamped(String page, Marker marker) {}
}
