package io.mimic.metric;

import java.util.Locale;

/** Why a batch was not accepted. */
public enum Rejection {
    /** No JSON, or not of the form of a batch. */
    MALFORMED,
    /** Unknown project, or an origin that may not send into it. */
    FORBIDDEN,
    TOO_LARGE,
    WRONG_TYPE,
    /** More batches a second than {@code mimic.ingest.rate.*} allows. */
    RATE,
    /** The body took too long to arrive. */
    SLOW,
    /** Other batches take all places or all memory of ingest. */
    BUSY,
    /** MIMIC is being started or stopped. */
    NOT_READY,
    /** The buffer is at its ceiling, and the batch would have begun a session. */
    FULL,
    /** A store failed. */
    STORE;

    /** The reason in metrics, such as {@code too-large}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
