package io.mimic.session;

import java.util.UUID;

/**
 * What a valid token says.
 *
 * @param session the session that its bearer was last seen in
 * @param activeAt when that was, ms since the epoch, by the clock of the node that signed it
 */
public record SessionToken(UUID session, long activeAt) {}
