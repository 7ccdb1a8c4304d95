package io.mimic.project;

import java.util.Set;

/**
 * A script's way in, without the secret.
 *
 * @param id tells it from others
 * @param project public id
 * @param name what people call it
 * @param madeBy who made it
 * @param madeAt ms since the epoch
 * @param endsAt ms since the epoch
 * @param usedAt when it was used last, to the minute, ms since the epoch; 0: never
 */
public record ApiToken(
        String id,
        String project,
        String name,
        Set<Right> rights,
        String madeBy,
        long madeAt,
        long endsAt,
        long usedAt) {
    public ApiToken {
        rights = Set.copyOf(rights);
    }
}
