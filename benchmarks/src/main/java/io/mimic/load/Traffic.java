package io.mimic.load;

import io.mimic.faults.Acknowledged;
import io.mimic.faults.Ledger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** What all visitors count together. Thread-safe. */
final class Traffic {
    private final Ledger ledger = new Ledger();
    private final ConcurrentHistogram response = new ConcurrentHistogram(3);
    private final ConcurrentHistogram service = new ConcurrentHistogram(3);
    private final LongAdder raw = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder visits = new LongAdder();
    private final LongAdder secondWindows = new LongAdder();
    private final LongAdder pages = new LongAdder();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    void visit() {
        visits.increment();
    }

    void secondWindow() {
        secondWindows.increment();
    }

    void page() {
        pages.increment();
    }

    /**
     * @param due when it was to be sent, and
     * @param begun when it was sent, both by {@link System#nanoTime()}
     */
    void acknowledged(String visitor, Acknowledged batch, long rawBytes, long sentBytes, long due, long begun) {
        long now = System.nanoTime();
        response.recordValue(Math.max(0, now - due));
        service.recordValue(now - begun);
        raw.add(rawBytes);
        sent.add(sentBytes);
        ledger.acknowledged(visitor, batch);
    }

    void repeated(String why) {
        ledger.repeated(why);
    }

    /** Nothing is to be gained by going on. */
    void failed(String why) {
        failure.compareAndSet(null, why);
    }

    @Nullable
    String failure() {
        return failure.get();
    }

    Ledger ledger() {
        return ledger;
    }

    LoadReport report(double seconds, io.mimic.faults.@Nullable Found found) {
        return new LoadReport(
                seconds,
                ledger.size(),
                raw.sum(),
                sent.sum(),
                visits.sum(),
                secondWindows.sum(),
                ledger.visitors(),
                ledger.torn(),
                pages.sum(),
                response.copy(),
                service.copy(),
                ledger.reasons(),
                found);
    }
}
