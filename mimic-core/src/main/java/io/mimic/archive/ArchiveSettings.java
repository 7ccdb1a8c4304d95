package io.mimic.archive;

import java.time.Duration;

/**
 * How sessions are archived.
 *
 * @param codec how new segments are compressed
 * @param folder for temporary files
 * @param lease how long a claim holds; it is renewed after a third of that
 */
public record ArchiveSettings(SegmentCodec codec, WorkFolder folder, Duration lease) {}
