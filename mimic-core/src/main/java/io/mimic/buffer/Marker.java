package io.mimic.buffer;

/**
 * An indexed moment.
 *
 * @param at by the browser's clock, ms since the epoch
 * @param kind {@code error}, {@code request}, {@code console}, {@code navigation}, {@code rage}, {@code event} or {@code gap}
 * @param label what a person reads: message, "500 POST /orders", URL or name; at most 200 characters, without control characters
 */
public record Marker(long at, String kind, String label) {}
