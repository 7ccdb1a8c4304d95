package io.mimic.archive;

import java.time.Duration;

/**
 * How long sessions are kept.
 *
 * @param age sessions that began longer ago are removed; zero: never
 * @param maxBytes when the archive holds more than this, the oldest sessions are removed; 0: no bound
 */
public record RetentionSettings(Duration age, long maxBytes) {}
