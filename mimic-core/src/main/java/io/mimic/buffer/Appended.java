package io.mimic.buffer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an append.
 *
 * @param session where the batch lies
 * @param created the session began with this batch (also said again to a repetition of that batch)
 * @param resumed the session had ended and goes on
 * @param duplicate the batch was there already; nothing was stored
 * @param snapshot the recorder must take a full snapshot now: a new session began inside its page, or the session was archived
 *     in part
 * @param client client metadata of the session as JSON; null when none is known
 * @param seenAt the buffer's clock at this append, ms since the epoch; orders what the catalog is told about the session
 */
public record Appended(
        UUID session,
        boolean created,
        boolean resumed,
        boolean duplicate,
        boolean snapshot,
        @Nullable String client,
        long seenAt) {}
