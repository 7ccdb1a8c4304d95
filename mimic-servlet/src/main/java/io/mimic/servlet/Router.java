package io.mimic.servlet;

import io.mimic.servlet.Routes.Route;
import io.mimic.store.RefusalLog;
import io.mimic.store.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the handler of a request below the mount path. */
final class Router {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private static final int LONGEST_LOGGED = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final List<Watched> routes;

    Router(Routes routes) {
        this.routes = routes.list().stream()
                .sorted(Comparator.comparing(Route::pattern))
                .map(Watched::of)
                .toList();
    }

    /** Whether the handler of this request wants the host's login to see it first. */
    boolean waitsForHost(HttpServletRequest request, String path) {
        String wanted = wanted(request.getMethod());
        for (Watched watched : routes) {
            Route route = watched.route();
            if (route.method().equals(wanted) && route.pattern().match(path) != null) {
                return route.handler().waitsForHost(request);
            }
        }
        return false;
    }

    void handle(Exchange exchange) throws IOException {
        try {
            Watched found = find(exchange);
            try {
                found.route().handler().handle(exchange);
                found.outage().worked();
            } catch (StoreException e) {
                found.outage().failed(e.getMessage());
                throw e;
            }
        } catch (ProblemException e) {
            exchange.problem(e.status(), e.title(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, () -> "MIMIC could not answer " + oneLine(exchange.path()), e);
            failed(exchange, e, 503, "Store unavailable", "A store does not answer at the moment. Try again later.");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> "MIMIC could not answer " + oneLine(exchange.path()), e);
            failed(exchange, e, 500, "Internal error", "The log of the server has the cause.");
        }
    }

    /** Who writes line breaks or a terminal's commands into an address writes no line of the log. */
    private static String oneLine(String path) {
        String cut = path.substring(0, Math.min(path.length(), LONGEST_LOGGED));
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }

    private static String wanted(String method) {
        return method.equals("HEAD") ? "GET" : method;
    }

    private static void failed(Exchange exchange, RuntimeException cause, int status, String title, String detail)
            throws IOException {
        if (exchange.response().isCommitted()) {
            // ends the connection, so that nobody takes half an answer for a whole one
            throw cause;
        }
        exchange.response().reset();
        SecurityHeaders.close(exchange.response());
        exchange.problem(status, title, detail);
    }

    private Watched find(Exchange exchange) {
        String wanted = wanted(exchange.method());
        Set<String> allowed = new TreeSet<>();
        for (Watched watched : routes) {
            Route route = watched.route();
            Map<String, String> variables = route.pattern().match(exchange.path());
            if (variables == null) {
                continue;
            }
            if (route.method().equals(wanted)) {
                exchange.bind(variables);
                return watched;
            }
            allowed.add(route.method());
        }
        if (allowed.isEmpty()) {
            throw new ProblemException(404, "Not found", "There is nothing at this address.");
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        exchange.response().setHeader("Allow", String.join(", ", allowed));
        throw new ProblemException(405, "Method not allowed", "Allowed here: " + String.join(", ", allowed) + ".");
    }

    /** A route, and whether a store that it needs is down: one that needs none never says that all is well again. */
    private record Watched(Route route, RefusalLog outage) {
        static Watched of(Route route) {
            String name = route.method() + " " + route.pattern();
            return new Watched(
                    route, new RefusalLog(name + " is refused until the store is back", name + " is answered again"));
        }
    }
}
