package io.mimic.faults;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, off by what it is told. Thread-safe. */
final class MovableClock extends Clock {
    private final AtomicLong offsetMs = new AtomicLong();

    MovableClock(long offsetMs) {
        this.offsetMs.set(offsetMs);
    }

    void offset(long ms) {
        offsetMs.set(ms);
    }

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(offsetMs.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
