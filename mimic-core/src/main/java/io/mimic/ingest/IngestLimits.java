package io.mimic.ingest;

import java.time.Duration;

/**
 * Bounds on what ingest accepts. Sizes are bytes.
 *
 * @param batchBytes a batch of several events, inflated
 * @param eventBytes a batch that holds a single event, inflated; also the bound of the body as sent
 * @param events number of events of a batch
 * @param depth how deep its JSON nests
 * @param inflation how many times larger than sent an inflated batch may be, once it is over 2 MiB
 * @param bodyTime how long the body may take to arrive
 * @param concurrency batches that are read at once; more are told to come again
 * @param memoryBytes memory of all batches that are read at once; more are told to come again
 */
public record IngestLimits(
        long batchBytes,
        long eventBytes,
        int events,
        int depth,
        int inflation,
        Duration bodyTime,
        int concurrency,
        long memoryBytes) {
    private static final long MIB = 1024 * 1024;

    /** The limits of docs/wire.md, and memory for a host of this size: a quarter of its heap, at most 192 MiB. */
    public static IngestLimits forThisHost(Duration bodyTime) {
        long memory = Math.min(192 * MIB, Runtime.getRuntime().maxMemory() / 4);
        return new IngestLimits(10 * MIB, 64 * MIB, 100_000, 4_000, 200, bodyTime, 64, memory);
    }
}
