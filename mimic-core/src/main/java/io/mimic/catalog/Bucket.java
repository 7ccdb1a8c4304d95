package io.mimic.catalog;

/** How many sessions started in {@code [from, to)}, ms since the epoch, and how many of them had an error or a failed request. */
public record Bucket(long from, long to, long sessions, long withErrors) {}
