package io.mimic;

import io.mimic.ingest.Ingestor;
import io.mimic.project.Projects;
import io.mimic.replay.SessionReader;

/**
 * The running pipeline of one webapp: stores, ingest, the background archiver and the read side. Start it once, close it when the webapp
 * stops.
 *
 * <p>Starting never fails because a store is down or the data directory is held by another process: then {@link #health()} says why, ingest
 * answers 503, and opening is tried again every 5 s in the background. Thread-safe.
 */
public final class Mimic implements AutoCloseable {
    private final MimicConfig config;

    private Mimic(MimicConfig config) {
        this.config = config;
    }

    /**
     * Starts MIMIC in the background and returns at once.
     *
     * @throws ConfigException when settings contradict each other
     */
    public static Mimic start(MimicConfig config) {
        return new Mimic(config);
    }

    public MimicConfig config() {
        return config;
    }

    public Ingestor ingestor() {
        throw new UnsupportedOperationException();
    }

    public Projects projects() {
        throw new UnsupportedOperationException();
    }

    public SessionReader sessions() {
        throw new UnsupportedOperationException();
    }

    /** How MIMIC is at this moment; asks the stores, at most once a second. */
    public MimicHealth health() {
        throw new UnsupportedOperationException();
    }

    /** Stops taking batches, hands over what is claimed, closes the stores. Leaves no thread. */
    @Override
    public void close() {}
}
