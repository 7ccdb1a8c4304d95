package io.mimic;

import io.mimic.store.StoreHealth;
import org.jspecify.annotations.Nullable;

/**
 * How MIMIC is.
 *
 * @param version of MIMIC
 * @param reason why nothing is recorded; null when recording works
 * @param losses what could not be done since the start
 */
public record MimicHealth(
        String version,
        StoreHealth buffer,
        StoreHealth archive,
        StoreHealth catalog,
        @Nullable String reason,
        MimicLosses losses) {
    /** All stores are well and sessions are recorded. */
    public boolean up() {
        return reason == null && buffer.up() && archive.up() && catalog.up();
    }
}
