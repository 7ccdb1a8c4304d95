package io.mimic.dashboard;

import io.mimic.catalog.SessionQuery;
import io.mimic.replay.EventQuery;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Query strings of docs/wire.md section 3 as what the read side is asked. */
final class SessionQueries {
    private static final Pattern STATUS = Pattern.compile("[1-5]([0-9]{2}|[xX]{2})");
    private static final Pattern WINDOW = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private SessionQueries() {}

    static SessionQuery list(String project, Parameters parameters, UnaryOperator<String> sought) {
        @Nullable String word = parameters.text("q", 500);
        String status =
                parameters.matching("status", text -> STATUS.matcher(text).matches(), "such as 404 or 4xx");
        String state = parameters.matching("state", "active"::equals, "active");
        long from = parameters.time("from");
        long to = parameters.time("to");
        checkOrder(from, to);
        long least = parameters.number("minDuration", 0, Parameters.LAST_TIME, 0);
        long most = parameters.number("maxDuration", 0, Parameters.LAST_TIME, 0);
        if (most != 0 && most < least) {
            throw Problems.wrongOrder("minDuration", least + " ms", "maxDuration", most + " ms");
        }
        return new SessionQuery(
                project,
                word == null ? null : sought.apply(word),
                parameters.flag("errors"),
                status == null ? null : status.toLowerCase(Locale.ROOT),
                parameters.text("browser", 100),
                parameters.text("os", 100),
                parameters.text("country", 100),
                parameters.text("user", 500),
                parameters.text("event", 200),
                parameters.text("failure", 1_000),
                state != null,
                from,
                to,
                least,
                most,
                (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                parameters.text("cursor", 500));
    }

    static EventQuery events(Parameters parameters) {
        @Nullable
        String window =
                parameters.matching("window", text -> WINDOW.matcher(text).matches(), "the id of a window");
        @Nullable String parts = parameters.matching("parts", "dom"::equals, "dom");
        long from = parameters.time("from");
        long to = parameters.time("to");
        checkOrder(from, to);
        return new EventQuery(window, from, to, parts != null);
    }

    static void checkOrder(long from, long to) {
        if (to != 0 && to < from) {
            throw Problems.wrongOrder("from", Times.iso(from), "to", Times.iso(to));
        }
    }
}
