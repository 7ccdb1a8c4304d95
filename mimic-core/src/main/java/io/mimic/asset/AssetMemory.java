package io.mimic.asset;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was answered lately for an address, so that it is not asked again for each session. For one thread. */
final class AssetMemory {
    private static final int MOST = 10_000;

    private final long fresh;
    private final Map<Key, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MOST;
        }
    };

    AssetMemory(Duration fresh) {
        this.fresh = fresh.toMillis();
    }

    Optional<Known> of(String project, String url) {
        return Optional.ofNullable(known.get(new Key(project, url)));
    }

    boolean isFresh(Known answer, long now) {
        return now - answer.at() < fresh && now >= answer.at();
    }

    void put(String project, String url, Known answer) {
        known.put(new Key(project, url), answer);
    }

    private record Key(String project, String url) {}

    /**
     * @param sha256 hash of what was there; null when it was refused
     * @param bytes its size
     * @param etag of the server; null when it gave none
     * @param at when, ms since the epoch
     */
    record Known(
            @Nullable String sha256, long bytes, @Nullable String etag, long at) {}
}
