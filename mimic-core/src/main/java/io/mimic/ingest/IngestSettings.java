package io.mimic.ingest;

import io.mimic.privacy.Scrubber;
import io.mimic.project.Origins;
import java.time.Duration;

/**
 * What is configured of ingest.
 *
 * @param interval when the recorder is told to send next
 * @param crossOrigins origins of other sites that may send into a project that names none itself
 * @param publicUrl external address of the host, which counts as its own origin; empty: told from the request
 * @param rates how many batches are taken in a time
 * @param limits bounds on what is accepted
 * @param scrubber takes out what must not be stored
 */
public record IngestSettings(
        Duration interval,
        Origins crossOrigins,
        String publicUrl,
        IngestRates rates,
        IngestLimits limits,
        Scrubber scrubber) {}
