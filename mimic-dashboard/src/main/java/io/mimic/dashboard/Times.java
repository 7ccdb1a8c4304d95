package io.mimic.dashboard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as the API writes them. */
final class Times {
    private Times() {}

    static String iso(long at) {
        return Instant.ofEpochMilli(at).toString();
    }

    /** @return null for 0, which stands for never */
    static @Nullable String isoOrNull(long at) {
        return at == 0 ? null : iso(at);
    }
}
