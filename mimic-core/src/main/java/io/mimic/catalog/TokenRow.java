package io.mimic.catalog;

/**
 * A token of a script.
 *
 * @param id tells it from others; no secret
 * @param tokenHash never the token
 * @param project public id
 * @param name what people call it
 * @param rights words with a blank between them
 * @param madeBy who made it, as the log names them
 * @param madeAt ms since the epoch
 * @param endsAt ms since the epoch
 * @param usedAt when it was used last, ms since the epoch; 0: never
 */
public record TokenRow(
        String id,
        String tokenHash,
        String project,
        String name,
        String rights,
        String madeBy,
        long madeAt,
        long endsAt,
        long usedAt) {}
