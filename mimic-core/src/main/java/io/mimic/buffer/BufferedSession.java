package io.mimic.buffer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that has not been archived to its end.
 *
 * @param client client metadata as a JSON object; null when none is known
 */
public record BufferedSession(UUID id, @Nullable String client) {}
