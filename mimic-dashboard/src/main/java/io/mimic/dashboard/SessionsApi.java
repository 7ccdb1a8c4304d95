package io.mimic.dashboard;

import io.mimic.catalog.Bucket;
import io.mimic.catalog.SessionQuery;
import io.mimic.project.Project;
import io.mimic.replay.EventQuery;
import io.mimic.replay.SessionReader;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** {@code api/sessions}, what is below it, and {@code api/overview}. Every answer is of the caller's own project. */
final class SessionsApi {
    private static final int BUCKETS = 48;
    private static final Duration OVERVIEW = Duration.ofDays(1);
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Supplier<SessionReader> sessions;
    private final UnaryOperator<String> sought;
    private final Clock clock;

    /** @param sought what to look for in the kept addresses when somebody looks for one */
    SessionsApi(Supplier<SessionReader> sessions, UnaryOperator<String> sought, Clock clock) {
        this.sessions = sessions;
        this.sought = sought;
        this.clock = clock;
    }

    void list(Exchange exchange, Project project) throws IOException {
        SessionQuery query = SessionQueries.list(project.id(), parameters(exchange), sought);
        Json.stream(exchange, out -> {
            try {
                sessions.get().writeList(query, out);
            } catch (IllegalArgumentException e) {
                String cursor = query.cursor();
                if (cursor == null) {
                    throw e;
                }
                throw Problems.badParameter("cursor", cursor, "what a list answered as next");
            }
        });
    }

    void session(Exchange exchange, Project project) throws IOException {
        UUID session = session(exchange);
        Json.stream(exchange, out -> sessions.get().writeSession(project.id(), session, out));
    }

    void timeline(Exchange exchange, Project project) throws IOException {
        UUID session = session(exchange);
        Json.stream(exchange, out -> sessions.get().writeTimeline(project.id(), session, out));
    }

    void events(Exchange exchange, Project project) throws IOException {
        UUID session = session(exchange);
        EventQuery query = SessionQueries.events(parameters(exchange));
        Json.stream(exchange, out -> sessions.get().writeEvents(project.id(), session, query, out));
    }

    void erase(Exchange exchange, Project project) {
        SameOrigin.check(exchange);
        UUID session = session(exchange);
        if (!sessions.get().exists(project.id(), session)) {
            throw Problems.noSuchSession();
        }
        sessions.get().erase(project.id(), session);
        exchange.noContent();
    }

    void overview(Exchange exchange, Project project) throws IOException {
        Parameters parameters = parameters(exchange);
        long until = parameters.time("to");
        long to = until == 0 ? clock.millis() : until;
        long since = parameters.time("from");
        long from = since == 0 ? Math.max(0, to - OVERVIEW.toMillis()) : since;
        SessionQueries.checkOrder(from, to);
        SessionReader reader = sessions.get();
        List<Bucket> buckets = reader.buckets(project.id(), from, Math.max(to, from + BUCKETS), BUCKETS);
        Map<String, Object> overview = new LinkedHashMap<>();
        overview.put("buckets", buckets.stream().map(SessionsApi::json).toList());
        overview.put("live", reader.activeSessions(project.id()));
        exchange.json(200, overview);
    }

    private static Map<String, Object> json(Bucket bucket) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", bucket.from());
        json.put("to", bucket.to());
        json.put("sessions", bucket.sessions());
        json.put("withErrors", bucket.withErrors());
        return json;
    }

    private static Parameters parameters(Exchange exchange) {
        return Parameters.parse(exchange.request().getQueryString());
    }

    /**
     * @throws ProblemException 404 also when it is no id: it is answered like the id of a session that is not there
     */
    private static UUID session(Exchange exchange) {
        String id = exchange.variable("id");
        if (!ID.matcher(id).matches()) {
            throw Problems.noSuchSession();
        }
        return UUID.fromString(id);
    }
}
