package io.mimic.catalog;

/**
 * An indexed moment.
 *
 * @param at ms since the epoch, skew applied
 * @param kind {@code error}, {@code request}, {@code console}, {@code navigation}, {@code rage}, {@code event} or {@code gap}
 * @param label what a person reads, at most 200 characters
 */
public record MarkerRow(long at, String kind, String label) {}
