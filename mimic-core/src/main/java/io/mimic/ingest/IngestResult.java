package io.mimic.ingest;

import java.util.UUID;

/**
 * What an accepted batch is answered with.
 *
 * @param cookieName name of the session cookie of the batch's project
 * @param token its new value; also for the body when {@code tokenInBody}
 * @param tokenInBody the batch came from another origin or carried its token itself
 * @param intervalMs when the recorder should send next
 */
public record IngestResult(
        UUID session,
        boolean created,
        boolean snapshot,
        long intervalMs,
        String cookieName,
        String token,
        boolean tokenInBody) {}
