package io.mimic.buffer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way into the buffer.
 *
 * @param project public id of the project
 * @param chunk the batch
 * @param tokenSession the session that a valid token names; null without one
 * @param freshSession the id (UUIDv7) that a new session gets if one must begin
 * @param client client metadata as a JSON object, kept with a session that begins here; null when this batch brought none, then
 *     a session that begins inside a page takes over that of the page's session before
 */
public record Append(
        String project,
        Chunk chunk,
        @Nullable UUID tokenSession,
        UUID freshSession,
        @Nullable String client) {}
