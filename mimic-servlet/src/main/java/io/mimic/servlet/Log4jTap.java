package io.mimic.servlet;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;

/** Listens to Log4j 2, where its core is there. */
final class Log4jTap implements LogTap {
    private static final String NAME = "mimic";

    private final Listener listener = new Listener();
    private final Level from;
    private final @Nullable LoggerContext context;

    Log4jTap(boolean warnings) {
        from = warnings ? Level.WARN : Level.ERROR;
        context = LogManager.getContext(Log4jTap.class.getClassLoader(), false) instanceof LoggerContext core
                ? core
                : null;
    }

    @Override
    public void attach() {
        if (context == null) {
            return;
        }
        listener.start();
        boolean changed = false;
        for (LoggerConfig logger : tops(context)) {
            if (!logger.getAppenders().containsValue(listener)) {
                logger.addAppender(listener, from, null);
                changed = true;
            }
        }
        if (changed) {
            context.updateLoggers();
        }
    }

    /** The root, and loggers that pass nothing on to it. */
    private static List<LoggerConfig> tops(LoggerContext context) {
        LoggerConfig root = context.getConfiguration().getRootLogger();
        Stream<LoggerConfig> others = context.getConfiguration().getLoggers().values().stream()
                .filter(logger -> logger != root && !logger.isAdditive());
        return Stream.concat(Stream.of(root), others).toList();
    }

    @Override
    public void close() {
        if (context != null) {
            context.getConfiguration().getRootLogger().removeAppender(NAME);
            context.getConfiguration().getLoggers().values().forEach(logger -> logger.removeAppender(NAME));
            context.updateLoggers();
            listener.stop();
        }
    }

    private static final class Listener extends AbstractAppender {
        Listener() {
            super(NAME, null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent line) {
            if (LogTap.heard()) {
                LogTap.line(
                        line.getLevel().name(),
                        Objects.requireNonNullElse(line.getLoggerName(), ""),
                        Objects.requireNonNullElse(line.getMessage().getFormattedMessage(), ""),
                        line.getThrown());
            }
        }
    }
}
