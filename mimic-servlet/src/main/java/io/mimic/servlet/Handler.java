package io.mimic.servlet;

import java.io.IOException;

/** Answers one request. Called by many threads at once. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers the request through {@code exchange}.
     *
     * <p>A {@link ProblemException} is answered as it says, a {@link io.mimic.store.StoreException} with 503, another
     * {@link RuntimeException} is logged and answered with 500.
     *
     * @throws IOException when the client is gone
     */
    void handle(Exchange exchange) throws IOException;
}
