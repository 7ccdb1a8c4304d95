package io.mimic.servlet;

import io.mimic.MimicSetting.ServerLogs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Listens to each logging library that the host has. */
final class LogTaps implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogTaps.class.getName());
    private static final long CHECKED_EVERY = Duration.ofSeconds(30).toNanos();

    private final List<LogTap> taps;
    private final AtomicLong checked = new AtomicLong(System.nanoTime());

    private LogTaps(List<LogTap> taps) {
        this.taps = taps;
    }

    static LogTaps none() {
        return new LogTaps(List.of());
    }

    static LogTaps attach(ServerLogs from) {
        List<LogTap> taps = new ArrayList<>();
        if (from != ServerLogs.OFF) {
            boolean warnings = from == ServerLogs.WARN;
            add(taps, () -> new LogbackTap(warnings));
            add(taps, () -> new Log4jTap(warnings));
            add(taps, () -> new JulTap(warnings));
        }
        return new LogTaps(List.copyOf(taps));
    }

    private static void add(List<LogTap> taps, Supplier<LogTap> maker) {
        try {
            LogTap tap = maker.get();
            tap.attach();
            taps.add(tap);
        } catch (LinkageError e) {
            // the host does not have this library
            LOG.log(Level.DEBUG, "A logging library is not there: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The host's log lines are not kept: a logging library did not let MIMIC listen.", e);
        }
    }

    /** Listens again, every now and then, where a library was set up anew. */
    void check() {
        long last = checked.get();
        long now = System.nanoTime();
        if (now - last > CHECKED_EVERY && checked.compareAndSet(last, now)) {
            taps.forEach(LogTap::attach);
        }
    }

    @Override
    public void close() {
        taps.forEach(LogTap::close);
    }
}
