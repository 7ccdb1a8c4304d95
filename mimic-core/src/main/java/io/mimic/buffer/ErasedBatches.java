package io.mimic.buffer;

/**
 * What an erasure took out of the buffer.
 *
 * @param batches number of batches that were not archived yet
 * @param bytes their raw bytes
 */
public record ErasedBatches(long batches, long bytes) {}
