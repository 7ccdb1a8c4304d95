package io.mimic.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server knows of a moment. Texts are as the host has them: they are scrubbed before they are stored. */
public sealed interface ServerFact {
    /** Roughly how many characters of memory it takes. */
    int weight();

    /**
     * A request of the session that was answered.
     *
     * @param method in upper case
     * @param path without its query
     * @param document whether it asked for a page, of which no browser tells how it was answered
     * @param route the pattern that the handler is mapped to; null when none is known
     * @param handler the method or servlet that answered; null when none is known
     * @param status of the answer
     * @param durationMs from the filter's first look to the end of the answer
     * @param traceId of the request's {@code traceparent}; null without one
     * @param exception that ended the request or was turned into its answer; null when there was none
     * @param logs at most a few dozen lines, in order
     * @param logsLeftOut lines beyond those
     */
    record Request(
            String method,
            String path,
            boolean document,
            @Nullable String route,
            @Nullable String handler,
            int status,
            long durationMs,
            @Nullable String traceId,
            @Nullable Throwable exception,
            List<LogLine> logs,
            int logsLeftOut)
            implements ServerFact {
        public Request {
            logs = List.copyOf(logs);
        }

        @Override
        public int weight() {
            int lines = logs.stream()
                    .mapToInt(line -> line.message().length() + line.logger().length() + 50)
                    .sum();
            return 500 + path.length() + lines + (exception == null ? 0 : StackText.MOST);
        }
    }

    /**
     * Who the user is.
     *
     * @param traits a JSON object
     */
    record Identity(String user, String traits) implements ServerFact {
        @Override
        public int weight() {
            return 300 + user.length() + traits.length();
        }
    }

    /**
     * A moment that the host marks.
     *
     * @param data a JSON object
     */
    record Moment(String name, String data) implements ServerFact {
        @Override
        public int weight() {
            return 300 + name.length() + data.length();
        }
    }
}
