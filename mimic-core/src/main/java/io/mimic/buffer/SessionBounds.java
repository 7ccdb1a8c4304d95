package io.mimic.buffer;

import java.time.Duration;

/**
 * When a session ends, by the buffer's own clock.
 *
 * @param timeout no batch for this long plus {@code grace} ends a session
 * @param grace see {@code timeout}
 * @param resume a batch after the end continues the session within this time of its last batch; zero: never
 * @param maxDuration a session older than this is followed by a new one
 * @param partialBytes an active session with more raw bytes than this in the buffer is archived in part
 * @param partialAge an active session whose oldest buffered batch is older than this is archived in part
 * @param lease how long a claim holds without being renewed
 */
public record SessionBounds(
        Duration timeout,
        Duration grace,
        Duration resume,
        Duration maxDuration,
        long partialBytes,
        Duration partialAge,
        Duration lease) {}
