package io.mimic.servlet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Listens to Logback, where that is what SLF4J logs to. */
final class LogbackTap implements LogTap {
    private final Listener listener;
    private final @Nullable LoggerContext context;

    LogbackTap(boolean warnings) {
        this(LoggerFactory.getILoggerFactory(), warnings);
    }

    LogbackTap(ILoggerFactory factory, boolean warnings) {
        context = factory instanceof LoggerContext logback ? logback : null;
        listener = new Listener(warnings ? Level.WARN : Level.ERROR);
    }

    @Override
    public void attach() {
        if (context != null) {
            listener.setContext(context);
            listener.start();
            for (Logger logger : tops(context)) {
                if (!logger.isAttached(listener)) {
                    logger.addAppender(listener);
                }
            }
        }
    }

    /** The root, and loggers that pass nothing on to it. */
    private static List<Logger> tops(LoggerContext context) {
        return context.getLoggerList().stream()
                .filter(logger -> logger.getName().equals(Logger.ROOT_LOGGER_NAME) || !logger.isAdditive())
                .toList();
    }

    @Override
    public void close() {
        if (context != null) {
            context.getLoggerList().forEach(logger -> logger.detachAppender(listener));
            listener.stop();
        }
    }

    private static final class Listener extends AppenderBase<ILoggingEvent> {
        private final Level from;

        Listener(Level from) {
            this.from = from;
            setName("mimic");
        }

        @Override
        protected void append(ILoggingEvent line) {
            if (LogTap.heard() && line.getLevel().isGreaterOrEqual(from)) {
                Throwable thrown =
                        line.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
                LogTap.line(line.getLevel().toString(), line.getLoggerName(), line.getFormattedMessage(), thrown);
            }
        }
    }
}
