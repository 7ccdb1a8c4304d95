package io.mimic.session;

import io.mimic.catalog.ClientRow;
import org.jspecify.annotations.Nullable;

/**
 * Tells what can be known of a client from its request and from what the recorder says: browser, system, device, language, place. Asks no
 * third party. Thread-safe.
 */
public final class Clients implements AutoCloseable {
    private Clients() {}

    /** @param locationDatabase file of a MaxMind city or country database; empty: none. One that cannot be read is told once. */
    public static Clients open(String locationDatabase) {
        throw new UnsupportedOperationException(locationDatabase);
    }

    /**
     * The catalog's columns of the metadata that the buffer kept. Completes what was not known when the batch came, which may take a
     * second: for background threads.
     *
     * @param json as kept in {@link io.mimic.buffer.Append#client}; null gives a row of nulls
     */
    public ClientRow row(@Nullable String json) {
        throw new UnsupportedOperationException(json);
    }

    @Override
    public void close() {}
}
