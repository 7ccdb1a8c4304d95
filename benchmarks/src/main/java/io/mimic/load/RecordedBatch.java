package io.mimic.load;

import java.util.List;

/**
 * @param dueMs when it is posted, ms since the page began
 * @param events may be none
 */
record RecordedBatch(long dueMs, List<RecordedEvent> events) {}
