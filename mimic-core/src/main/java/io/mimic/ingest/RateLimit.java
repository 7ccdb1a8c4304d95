package io.mimic.ingest;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bounds how many batches each sender of one kind may send in a time. Thread-safe. */
final class RateLimit {
    /** Who was not seen for longest is forgotten, which gives him his full share again. */
    private static final int REMEMBERED = 10_000;

    private static final int AT_ONCE = 10;

    private final String kind;
    private final int perSecond;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param kind for the answer, such as "address"
     * @param perSecond 0: no bound
     */
    RateLimit(String kind, int perSecond, TimeMeter time) {
        this.kind = kind;
        this.perSecond = perSecond;
        this.time = time;
    }

    void check(String sender) throws Refusal {
        if (perSecond == 0) {
            return;
        }
        ConsumptionProbe probe = bucket(sender).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
            throw Refusal.tooMany("More than " + perSecond + " batches a second came from this " + kind + ".", seconds);
        }
    }

    private Bucket bucket(String sender) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(sender, name -> newBucket());
        }
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit ->
                        limit.capacity((long) perSecond * AT_ONCE).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
