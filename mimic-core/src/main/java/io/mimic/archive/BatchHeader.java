package io.mimic.archive;

import io.mimic.json.Jackson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a batch's events in each part of a segment.
 *
 * @param page the recorder's run
 * @param window its tab
 * @param seq counts the batches of the page from 0
 * @param skewMs browser's clock minus server's when this batch arrived
 * @param activity {@code {second since the epoch, number of user events}} by the browser's clock, in order; in the timeline part
 *     only
 */
public record BatchHeader(String page, String window, int seq, long skewMs, List<long[]> activity) {
    public BatchHeader {
        activity = List.copyOf(activity);
    }

    byte[] toJson(boolean withActivity) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("page", page);
        members.put("window", window);
        members.put("seq", seq);
        members.put("skewMs", skewMs);
        if (withActivity && !activity.isEmpty()) {
            members.put("activity", activity);
        }
        return Jackson.MAPPER.asBytes(members);
    }

    /** @throws IOException when the text is not a batch header */
    static BatchHeader fromJson(byte[] json) throws IOException {
        // null for the JSON text null
        @Nullable Map<String, Object> members = Jackson.MAPPER.mapFrom(json);
        if (members != null
                && members.get("page") instanceof String page
                && members.get("window") instanceof String window
                && members.get("seq") instanceof Integer seq
                && members.get("skewMs") instanceof Number skew) {
            return new BatchHeader(page, window, seq, skew.longValue(), activity(members.get("activity")));
        }
        throw new IOException("a batch header lacks page, window, seq or skewMs");
    }

    private static List<long[]> activity(@Nullable Object value) {
        List<long[]> activity = new ArrayList<>();
        if (value instanceof List<?> pairs) {
            for (Object pair : pairs) {
                if (pair instanceof List<?> two
                        && two.size() == 2
                        && two.get(0) instanceof Number second
                        && two.get(1) instanceof Number count) {
                    activity.add(new long[] {second.longValue(), count.longValue()});
                }
            }
        }
        return activity;
    }
}
