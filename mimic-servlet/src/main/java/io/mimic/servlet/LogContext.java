package io.mimic.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.ThreadContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts {@code mimic.session} and {@code mimic.link} where the host's logging finds them, whichever libraries it has. */
final class LogContext {
    private static final String SESSION = "mimic.session";
    private static final String LINK = "mimic.link";

    private final List<Bag> bags;

    private LogContext(List<Bag> bags) {
        this.bags = bags;
    }

    static LogContext available() {
        List<Bag> bags = new ArrayList<>();
        add(bags, Slf4j::new);
        add(bags, Log4j::new);
        return new LogContext(List.copyOf(bags));
    }

    private static void add(List<Bag> bags, java.util.function.Supplier<Bag> bag) {
        try {
            Bag found = bag.get();
            found.clear();
            bags.add(found);
        } catch (LinkageError e) {
            // the host does not have this library, or half of it
            System.getLogger(LogContext.class.getName())
                    .log(System.Logger.Level.DEBUG, "A logging library is not there: {0}", e.getMessage());
        }
    }

    void put(String session, @Nullable String link) {
        for (Bag bag : bags) {
            bag.put(session, link == null ? "" : link);
        }
    }

    void clear() {
        for (Bag bag : bags) {
            bag.clear();
        }
    }

    private interface Bag {
        void put(String session, String link);

        void clear();
    }

    private static final class Slf4j implements Bag {
        @Override
        public void put(String session, String link) {
            MDC.put(SESSION, session);
            MDC.put(LINK, link);
        }

        @Override
        public void clear() {
            MDC.remove(SESSION);
            MDC.remove(LINK);
        }
    }

    private static final class Log4j implements Bag {
        @Override
        public void put(String session, String link) {
            ThreadContext.putAll(Map.of(SESSION, session, LINK, link));
        }

        @Override
        public void clear() {
            ThreadContext.removeAll(List.of(SESSION, LINK));
        }
    }
}
