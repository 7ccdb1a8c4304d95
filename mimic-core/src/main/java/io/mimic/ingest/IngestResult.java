package io.mimic.ingest;

import java.util.List;
import java.util.UUID;

/**
 * What an accepted batch is answered with.
 *
 * @param cookieName name of the session cookie of the batch's project
 * @param token its new value; also for the body when {@code tokenInBody}
 * @param tokenInBody the batch came from another origin or carried its token itself
 * @param project public id of the batch's project
 * @param served ids of the answers that the batch's page came with, so that the session gets what the server saw of them
 * @param intervalMs when the recorder should send next
 */
public record IngestResult(
        String project,
        UUID session,
        boolean created,
        boolean snapshot,
        long intervalMs,
        String cookieName,
        String token,
        boolean tokenInBody,
        List<String> served) {}
