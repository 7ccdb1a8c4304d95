package io.mimic;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that MIMIC logs at any level while it is open, as it would be written. */
public final class LogCapture extends Handler {
    private final Logger logger = Logger.getLogger("io.mimic");
    private final Level before = logger.getLevel();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter format = new SimpleFormatter();

    public void open() {
        setLevel(Level.ALL);
        logger.addHandler(this);
        logger.setLevel(Level.ALL);
    }

    public String text() {
        return String.join("", lines);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(format.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
