package io.mimic.dashboard;

import io.mimic.catalog.Bucket;
import io.mimic.catalog.SessionQuery;
import io.mimic.project.Access;
import io.mimic.project.AccessLog;
import io.mimic.project.Actor;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** {@code api/sessions}, what is below it, and {@code api/overview}. Every answer is of the caller's own project. */
final class SessionsApi {
    private static final int BUCKETS = 48;
    private static final Duration OVERVIEW = Duration.ofDays(1);
    private static final Set<String> FORMATS = Set.of("json", "html", "har");
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final SessionReader sessions;
    private final UnaryOperator<String> sought;
    private final AccessLog log;
    private final Clock clock;

    /** @param sought what to look for in the kept addresses when somebody looks for one */
    SessionsApi(SessionReader sessions, UnaryOperator<String> sought, AccessLog log, Clock clock) {
        this.sessions = sessions;
        this.sought = sought;
        this.log = log;
        this.clock = clock;
    }

    void list(Exchange exchange, Caller caller) throws IOException {
        SessionQuery query = SessionQueries.list(caller.project().id(), parameters(exchange), sought);
        if (caller.actor().kind() == Actor.Kind.TOKEN) { // of others their login tells it
            log.writeSeldom(caller.project().id(), caller.actor(), Access.LIST, null);
        }
        Json.stream(exchange, out -> {
            try {
                sessions.writeList(query, out);
            } catch (IllegalArgumentException e) {
                String cursor = query.cursor();
                if (cursor == null) {
                    throw e;
                }
                throw Problems.badParameter("cursor", cursor, "what a list answered as next");
            }
        });
    }

    void session(Exchange exchange, Caller caller) throws IOException {
        UUID session = viewed(exchange, caller);
        Json.stream(exchange, out -> sessions.writeSession(caller.project().id(), session, out));
    }

    void timeline(Exchange exchange, Caller caller) throws IOException {
        UUID session = viewed(exchange, caller);
        Json.stream(exchange, out -> sessions.writeTimeline(caller.project().id(), session, out));
    }

    void events(Exchange exchange, Caller caller) throws IOException {
        UUID session = viewed(exchange, caller);
        EventQuery query = SessionQueries.events(parameters(exchange));
        Json.stream(exchange, out -> sessions.writeEvents(caller.project().id(), session, query, out));
    }

    /** Something else of a session that is looked at. */
    CallerHandler watching(CallerHandler handler) {
        return (exchange, caller) -> {
            viewed(exchange, caller);
            handler.handle(exchange, caller);
        };
    }

    /** What an export is made from: the events, or for a HAR the timeline. */
    void export(Exchange exchange, Caller caller) throws IOException {
        String format = parameters(exchange).matching("format", FORMATS::contains, "json, html or har");
        UUID session = existing(exchange, caller);
        log.write(
                caller.project().id(),
                caller.actor(),
                Access.EXPORT,
                session.toString(),
                "as " + (format == null ? "json" : format));
        exchange.response().setHeader("Content-Disposition", "attachment; filename=\"mimic-" + session + ".json\"");
        if ("har".equals(format)) {
            Json.stream(exchange, out -> sessions.writeTimeline(caller.project().id(), session, out));
        } else {
            EventQuery all = new EventQuery(parameters(exchange).text("window", 64), 0, 0, "html".equals(format));
            Json.stream(exchange, out -> sessions.writeEvents(caller.project().id(), session, all, out));
        }
    }

    /** The log's line comes first: what is gone without one could not be told any more. */
    void erase(Exchange exchange, Caller caller) {
        UUID session = existing(exchange, caller);
        String line = log.write(caller.project().id(), caller.actor(), Access.ERASE, session.toString());
        sessions.erase(caller.project().id(), session);
        log.outcome(line, "erased");
        exchange.noContent();
    }

    void overview(Exchange exchange, Caller caller) throws IOException {
        Parameters parameters = parameters(exchange);
        long until = parameters.time("to");
        long to = until == 0 ? clock.millis() : until;
        long since = parameters.time("from");
        long from = since == 0 ? Math.max(0, to - OVERVIEW.toMillis()) : since;
        SessionQueries.checkOrder(from, to);
        List<Bucket> buckets = sessions.buckets(caller.project().id(), from, Math.max(to, from + BUCKETS), BUCKETS);
        Map<String, Object> overview = new LinkedHashMap<>();
        overview.put("buckets", buckets.stream().map(SessionsApi::json).toList());
        overview.put("live", sessions.activeSessions(caller.project().id()));
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

    private UUID viewed(Exchange exchange, Caller caller) {
        UUID session = existing(exchange, caller);
        log.writeSeldom(caller.project().id(), caller.actor(), Access.VIEW, session.toString());
        return session;
    }

    private UUID existing(Exchange exchange, Caller caller) {
        UUID session = session(exchange);
        if (!sessions.exists(caller.project().id(), session)) {
            throw Problems.noSuchSession();
        }
        return session;
    }

    private static Parameters parameters(Exchange exchange) {
        return Parameters.parse(exchange.request().getQueryString());
    }

    /**
     * @throws ProblemException 404 also when it is no id: it is answered like the id of a session that is not there
     */
    static UUID session(Exchange exchange) {
        String id = exchange.variable("id");
        if (!ID.matcher(id).matches()) {
            throw Problems.noSuchSession();
        }
        return UUID.fromString(id);
    }
}
