package io.mimic.dashboard;

import io.mimic.servlet.Exchange;
import io.mimic.servlet.ProblemException;

/**
 * Whether a change was asked for by the dashboard's own pages. Every browser says with a change where it comes from, in {@code
 * Sec-Fetch-Site} or at least in {@code Origin}. A request that has neither comes from a program, which nobody can trick into using
 * another's cookie.
 */
final class SameOrigin {
    private SameOrigin() {}

    /** @throws ProblemException 403 when another site asks */
    static void check(Exchange exchange) {
        if (browser(exchange) && !exchange.sameOrigin()) {
            throw Problems.otherOrigin();
        }
    }

    /** Whether a browser asks for a change. */
    static boolean browser(Exchange exchange) {
        return exchange.header("Sec-Fetch-Site").isPresent()
                || exchange.header("Origin").isPresent();
    }
}
