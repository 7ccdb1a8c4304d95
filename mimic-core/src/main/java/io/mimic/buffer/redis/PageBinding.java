package io.mimic.buffer.redis;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which session a page's batches go to.
 *
 * @param session the session
 * @param fresh the session may be made by whoever comes with this binding, for a while after {@code promisedAt}
 * @param promisedAt when the page was bound, by Redis' clock, ms since the epoch
 * @param formers sessions that hold earlier batches of the page, newest first
 */
record PageBinding(UUID session, boolean fresh, long promisedAt, List<UUID> formers) {
    static final String FRESH = "f";
    static final String TOKEN = "t";

    static PageBinding parse(String text) {
        String[] parts = text.split(" ", -1);
        return new PageBinding(
                UUID.fromString(parts[0]),
                parts[1].equals(FRESH),
                Long.parseLong(parts[2]),
                Stream.of(parts[3].split(",", -1))
                        .filter(former -> !former.isEmpty())
                        .map(UUID::fromString)
                        .toList());
    }
}
