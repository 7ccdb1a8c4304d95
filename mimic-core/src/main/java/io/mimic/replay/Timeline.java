package io.mimic.replay;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.json.Jackson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one session's timeline while they are collected. Bounded: past a number of rows a list, or bytes in all, rows are counted and
 * left out. Not thread-safe.
 */
final class Timeline {
    private static final int MAX_ROWS = 20_000;
    private static final int MAX_MARKERS = 20_000;
    private static final long MAX_BYTES = 32L << 20;
    private static final int MAX_LABEL = 200;

    private final Map<TimelineList, List<TimelineRow>> rows = new EnumMap<>(TimelineList.class);
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final List<TimelineMarker> markers = new ArrayList<>();
    private final TreeMap<Long, Long> activity = new TreeMap<>();
    private long bytes;

    private final long begin;

    /** @param begin of the session: what the server saw before its first page was there counts as its first moment */
    Timeline(long begin) {
        this.begin = begin;
        TimelineList.all().forEach(list -> rows.put(list, new ArrayList<>()));
    }

    /** @return the row, or null when it was left out */
    @Nullable
    TimelineRow add(TimelineList list, long at, RecordedPage page, Map<String, ?> members) throws IOException {
        byte[] json = Jackson.MAPPER.with(JSON.Feature.WRITE_NULL_PROPERTIES).asBytes(members);
        List<TimelineRow> of = rows(list);
        if (of.size() >= MAX_ROWS || bytes + json.length > MAX_BYTES) {
            leftOut.merge(list.jsonName(), 1, Integer::sum);
            return null;
        }
        bytes += json.length;
        TimelineRow row = new TimelineRow(Math.max(begin, at), page, json);
        of.add(row);
        return row;
    }

    void mark(long at, RecordedPage page, String kind, String label, @Nullable TimelineRow row) {
        if (markers.size() < MAX_MARKERS) {
            String cut = label.length() <= MAX_LABEL ? label : label.substring(0, MAX_LABEL - 1) + "…";
            markers.add(new TimelineMarker(Math.max(begin, at), page, kind, cut, row));
        }
    }

    /** An event could not be understood. */
    void unreadable() {
        leftOut.merge("unreadable", 1, Integer::sum);
    }

    /** @param second skew applied, ms since the epoch */
    void active(long second, long userEvents) {
        activity.merge(second, userEvents, Long::sum);
    }

    /** Brings every list into the order of time and gives each row its place. */
    void sort() {
        for (List<TimelineRow> list : rows.values()) {
            list.sort(Comparator.comparingLong(TimelineRow::at));
            for (int i = 0; i < list.size(); i++) {
                list.get(i).place(i);
            }
        }
        markers.sort(Comparator.comparingLong(TimelineMarker::at));
    }

    List<TimelineRow> rows(TimelineList list) {
        return rows.getOrDefault(list, List.of());
    }

    List<TimelineMarker> markers() {
        return markers;
    }

    /** What was left out, by the name of its list. */
    Map<String, Integer> leftOut() {
        return leftOut;
    }

    SortedMap<Long, Long> activity() {
        return activity;
    }
}
