package io.mimic.buffer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right of one node to archive one session, until its lease runs out.
 *
 * @param project public id of the project
 * @param session the session
 * @param ended true: no batch came for timeout + grace; false: the session is active and is archived in part
 * @param lease opaque and new for each claim; a store accepts calls for the newest claim only
 * @param startedAt when the session began, by the buffer's clock, ms since the epoch
 * @param seenAt the session's last batch at the time of the claim, by the buffer's clock, ms since the epoch
 * @param client client metadata as a JSON object; null when none is known
 */
public record Claim(
        String project,
        UUID session,
        boolean ended,
        String lease,
        long startedAt,
        long seenAt,
        @Nullable String client) {}
