package io.mimic.servlet;

import jakarta.servlet.http.HttpServletRequest;
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

    /**
     * Whether the host's own login has to have seen a request before this answers it. If so the request takes its way through the host's
     * filters, and is answered behind them by {@link MimicDashboardFilter}, where there is one.
     */
    default boolean waitsForHost(HttpServletRequest request) {
        return false;
    }
}
