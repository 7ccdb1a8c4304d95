package io.mimic.server;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact on its way into its session.
 *
 * @param project public id of the project
 * @param session that the request's cookie names; null when the request came before any session
 * @param request id of the request, by which a browser can claim it
 * @param client tells the browser from others: only the one that sent the request can claim it
 * @param at when it began, ms since the epoch by the server's clock
 */
public record ServerItem(
        String project, @Nullable UUID session, String request, String client, long at, ServerFact fact) {
    int weight() {
        return 100 + client.length() + fact.weight();
    }
}
