package io.mimic.catalog;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that becomes true when a segment is committed.
 *
 * @param epoch what {@link SessionCatalog#nextEpoch} answered before the object was written
 * @param segment null when nothing but the session's end is to be told
 * @param ended the session has ended, unless the catalog knows of a batch after {@code seenAt}
 * @param seenAt the session's last batch by the buffer's clock, ms since the epoch
 * @param client metadata for a session that the catalog does not know yet
 * @param url last address of the session; null when the segment names none
 * @param title last title of the session; null when the segment names none
 * @param user the user who was identified last; null when the segment identifies none
 * @param traits JSON object; null when the segment identifies none
 * @param users everybody whom the segment identifies, the last among them
 * @param statuses HTTP status codes in the segment
 * @param eventNames names of custom events in the segment
 * @param markers its indexed moments
 * @param activity {@code {time (ms, skew applied), number of user events}} in order of time
 */
public record SegmentCommit(
        String project,
        UUID session,
        long epoch,
        @Nullable SegmentRow segment,
        boolean ended,
        long seenAt,
        ClientRow client,
        @Nullable String url,
        @Nullable String title,
        @Nullable String user,
        @Nullable String traits,
        Set<String> users,
        Set<Integer> statuses,
        Set<String> eventNames,
        List<MarkerRow> markers,
        List<long[]> activity) {}
