package io.mimic.ingest;

import java.time.Duration;
import java.util.Set;

/**
 * What is configured of ingest.
 *
 * @param interval when the recorder is told to send next
 * @param crossOrigins origins of other sites that may send, such as {@code https://www.example.org}
 * @param publicUrl external address of the host, which counts as its own origin; empty: told from the request
 * @param rates how many batches are taken in a time
 * @param limits bounds on what is accepted
 */
public record IngestSettings(
        Duration interval, Set<String> crossOrigins, String publicUrl, IngestRates rates, IngestLimits limits) {
    public IngestSettings {
        crossOrigins = Set.copyOf(crossOrigins);
    }
}
