package io.mimic.catalog;

/**
 * How much a project has.
 *
 * @param sessions all that are listed
 * @param active those that have not ended
 * @param bytes compressed bytes in the archive
 * @param oldestAt start of the oldest session, ms since the epoch; 0 without sessions
 * @param newestAt start of the newest session, ms since the epoch; 0 without sessions
 */
public record UsageRow(long sessions, long active, long bytes, long oldestAt, long newestAt) {}
