package io.mimic.spring;

import io.mimic.Mimic;
import org.jspecify.annotations.Nullable;

/**
 * How MIMIC started with its host.
 *
 * @param mimic running, or one that does nothing
 * @param problem why it does nothing; null when it runs
 */
record MimicStart(Mimic mimic, @Nullable String problem) {}
