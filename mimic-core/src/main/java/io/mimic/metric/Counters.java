package io.mimic.metric;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of batches and how stores do, on this node, from its start on. Thread-safe; counting never waits. */
public final class Counters {
    private final LongAdder batches = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder recorderGaps = new LongAdder();
    private final LongAdder lostBatches = new LongAdder();
    private final Map<Rejection, LongAdder> rejections = adders(Rejection.class);
    private final Map<StoreKind, LongAdder> storeErrors = adders(StoreKind.class);

    /**
     * A batch was stored that was not there yet.
     *
     * @param rawBytes of its events, uncompressed
     * @param gaps how many places it names at which the recorder had to leave something out
     */
    public void accepted(long rawBytes, long gaps) {
        batches.increment();
        bytes.add(rawBytes);
        recorderGaps.add(gaps);
    }

    /** A batch was not accepted. */
    public void rejected(Rejection reason) {
        adder(rejections, reason).increment();
    }

    /** A store could not do what it was asked. */
    public void failed(StoreKind store) {
        adder(storeErrors, store).increment();
    }

    /** Numbers are missing among a page's batches: a buffer lost or evicted them, or the browser could not send them. */
    public void lost(long count) {
        lostBatches.add(count);
    }

    /** Batches that were stored; one that was repeated counts once. */
    public long batches() {
        return batches.sum();
    }

    /** Bytes of their events, uncompressed. */
    public long bytes() {
        return bytes.sum();
    }

    /** Places at which recorders had to leave something out. */
    public long recorderGaps() {
        return recorderGaps.sum();
    }

    /** Numbers that are missing among the batches of archived pages. */
    public long lostBatches() {
        return lostBatches.sum();
    }

    /** Batches that were not accepted for this reason. */
    public long rejections(Rejection reason) {
        return adder(rejections, reason).sum();
    }

    /** Batches that were not accepted. */
    public long rejections() {
        return rejections.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Calls that this store failed. */
    public long storeErrors(StoreKind store) {
        return adder(storeErrors, store).sum();
    }

    private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
        return Objects.requireNonNull(adders.get(key));
    }

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> type) {
        Map<K, LongAdder> adders = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }
}
