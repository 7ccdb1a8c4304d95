package io.mimic.servlet;

import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Listens to {@code java.util.logging}, unless that is passed on to a library that has a tap of its own. */
final class JulTap extends Handler implements LogTap {
    private final Logger root = Logger.getLogger("");
    private final SimpleFormatter formatter = new SimpleFormatter();

    JulTap(boolean warnings) {
        setLevel(warnings ? Level.WARNING : Level.SEVERE);
    }

    @Override
    public void attach() {
        boolean there = Arrays.stream(root.getHandlers()).anyMatch(handler -> handler == this);
        boolean passedOn = Arrays.stream(root.getHandlers())
                .anyMatch(handler -> handler.getClass().getName().endsWith("BridgeHandler"));
        if (passedOn) {
            root.removeHandler(this);
        } else if (!there) {
            root.addHandler(this);
        }
    }

    @Override
    public void publish(LogRecord line) {
        if (LogTap.heard() && isLoggable(line)) {
            String logger = line.getLoggerName();
            LogTap.line(
                    line.getLevel().intValue() >= Level.SEVERE.intValue() ? "ERROR" : "WARN",
                    logger == null ? "" : logger,
                    formatter.formatMessage(line),
                    line.getThrown());
        }
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
