package io.mimic.load;

import java.util.ArrayList;
import java.util.List;

/**
 * One page of a recording: from its Meta event to the next one's.
 *
 * @param url of the Meta event
 * @param events in order of time, each at ms since the page began
 * @param lengthMs from its first event to its last
 */
record RecordedPage(String url, List<RecordedEvent> events, long lengthMs) {
    /**
     * What a recorder would post: the first batch at once, up to the full snapshot; then one each interval, even with no events in it; the last
     * one when the page ends.
     */
    List<RecordedBatch> batches(long intervalMs) {
        List<RecordedBatch> batches = new ArrayList<>();
        int next = 0;
        while (next < events.size() && !begins(next)) {
            next++;
        }
        next = Math.min(next + 1, events.size());
        batches.add(new RecordedBatch(events.get(next - 1).at(), events.subList(0, next)));
        for (long until = intervalMs; until < lengthMs + intervalMs; until += intervalMs) {
            int from = next;
            while (next < events.size() && events.get(next).at() <= until) {
                next++;
            }
            batches.add(new RecordedBatch(Math.min(until, lengthMs), events.subList(from, next)));
        }
        return batches;
    }

    private boolean begins(int index) {
        return events.get(index).type() == RecordedEvent.FULL_SNAPSHOT;
    }

    /** Meta and full snapshot, for a server that asks for them anew. */
    List<RecordedEvent> opening() {
        List<RecordedEvent> opening = new ArrayList<>();
        for (RecordedEvent event : events) {
            if (event.type() == RecordedEvent.META) {
                opening.add(event);
            } else if (event.type() == RecordedEvent.FULL_SNAPSHOT) {
                opening.add(event);
                return opening;
            }
        }
        return opening;
    }
}
