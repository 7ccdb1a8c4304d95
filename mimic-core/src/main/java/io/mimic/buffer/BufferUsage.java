package io.mimic.buffer;

/**
 * What a buffer holds.
 *
 * @param activeSessions sessions that have not ended
 * @param waitingSessions sessions that have ended and are not archived yet
 * @param bytes raw bytes of all buffered batches
 * @param oldestDeadline when the session that waits longest for the archive was due, ms since the epoch; 0 when none waits
 */
public record BufferUsage(long activeSessions, long waitingSessions, long bytes, long oldestDeadline) {}
