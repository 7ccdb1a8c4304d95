package io.mimic.archive;

import java.nio.file.Path;

/**
 * A finished object that waits to be put into the archive.
 *
 * @param path the temporary file
 * @param timelineBytes compressed length of the timeline part, from offset 0
 * @param domBytes compressed length of the DOM part, which follows
 * @param rawBytes bytes of both before compression
 * @param sha256 hash of the whole file, hex
 */
record SegmentFile(Path path, long timelineBytes, long domBytes, long rawBytes, String sha256) {}
