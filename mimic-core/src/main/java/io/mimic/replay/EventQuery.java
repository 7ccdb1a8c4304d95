package io.mimic.replay;

import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for.
 *
 * @param window only this tab's; null: all
 * @param from ms since the epoch: begins with the last full snapshot at or before it; 0: from the start
 * @param to ms since the epoch, inclusive; 0: to the end
 * @param domOnly leaves out Plugin events
 */
public record EventQuery(@Nullable String window, long from, long to, boolean domOnly) {}
