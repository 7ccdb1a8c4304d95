package io.mimic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes only when a test says so. */
public final class SettableClock extends Clock {
    private final AtomicLong millis;

    public SettableClock(long millis) {
        this.millis = new AtomicLong(millis);
    }

    public static SettableClock at(String instant) {
        return new SettableClock(Instant.parse(instant).toEpochMilli());
    }

    public void advance(Duration time) {
        millis.addAndGet(time.toMillis());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
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
