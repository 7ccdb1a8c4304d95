package io.mimic;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Asks the stores how they are, at most once a second and by one caller at a time. Thread-safe. */
final class HealthWatch {
    private static final long VALID = Duration.ofSeconds(1).toNanos();

    private final Stores stores;
    private final StoreOpener opener;
    private final MimicMetrics metrics;
    private final MimicConfig config;
    private final String version = Versions.of("mimic");
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Answer last;

    HealthWatch(Stores stores, StoreOpener opener, MimicMetrics metrics, MimicConfig config) {
        this.stores = stores;
        this.opener = opener;
        this.metrics = metrics;
        this.config = config;
    }

    MimicHealth now() {
        Answer answer = last;
        if (answer != null && System.nanoTime() - answer.at() < VALID) {
            return answer.health();
        }
        // Whoever comes while a store is slow to answer gets the answer before.
        if (answer != null && !asking.tryLock()) {
            return answer.health();
        }
        if (answer == null) {
            asking.lock();
        }
        try {
            Answer fresh = new Answer(ask(), System.nanoTime());
            last = fresh;
            return fresh.health();
        } finally {
            asking.unlock();
        }
    }

    private MimicHealth ask() {
        return new MimicHealth(
                version,
                stores.buffer().proxy().health(),
                stores.archive().proxy().health(),
                stores.catalog().proxy().health(),
                reason(),
                MimicLosses.of(metrics));
    }

    private @Nullable String reason() {
        if (!config.get(MimicSetting.ENABLED)) {
            return MimicHealth.SWITCHED_OFF;
        }
        return opener.reason();
    }

    private record Answer(MimicHealth health, long at) {}
}
