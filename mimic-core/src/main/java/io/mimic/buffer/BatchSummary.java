package io.mimic.buffer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one batch adds to its session's row, counted once while the batch is read. Times are by the browser's clock, ms since
 * the epoch.
 *
 * @param firstAt time of the earliest event; 0 without events
 * @param lastAt time of the latest event; 0 without events
 * @param events number of events
 * @param userEvents events that a person caused: mouse, touch, input, scroll
 * @param errors uncaught errors and rejections
 * @param failedRequests requests with status ≥ 400 or without an answer
 * @param consoleErrors console lines of level error
 * @param rageClicks clicks in anger
 * @param statuses HTTP status codes that were seen
 * @param snapshots times of full snapshots
 * @param markers at most 500 moments
 * @param url the page's last address (Meta or navigation); null when the batch names none
 * @param title the page's last title; null when the batch names none
 * @param user the user who was identified last; null when the batch identifies none
 * @param traits that user's traits as a JSON object; null when the batch identifies none
 * @param eventNames names of custom events
 * @param users everybody who was identified, also before somebody else was; {@code user} is added where it is not among them
 */
public record BatchSummary(
        long firstAt,
        long lastAt,
        int events,
        int userEvents,
        int errors,
        int failedRequests,
        int consoleErrors,
        int rageClicks,
        Set<Integer> statuses,
        List<Long> snapshots,
        List<Marker> markers,
        @Nullable String url,
        @Nullable String title,
        @Nullable String user,
        @Nullable String traits,
        Set<String> eventNames,
        Set<String> users) {
    public BatchSummary {
        statuses = Set.copyOf(statuses);
        snapshots = List.copyOf(snapshots);
        markers = List.copyOf(markers);
        eventNames = Set.copyOf(eventNames);
        users = user == null ? Set.copyOf(users) : with(user, users);
    }

    private static Set<String> with(String user, Set<String> users) {
        Set<String> all = new LinkedHashSet<>(users);
        all.add(user);
        return Set.copyOf(all);
    }
}
