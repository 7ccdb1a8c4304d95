package io.mimic.ingest;

/**
 * How many batches a second are taken by this node; ten times as many at once. 0: no bound.
 *
 * @param session of one session, from all of its pages
 * @param address from one address
 * @param project into one project
 */
public record IngestRates(int session, int address, int project) {
    /** No bounds. */
    public static final IngestRates UNBOUNDED = new IngestRates(0, 0, 0);
}
