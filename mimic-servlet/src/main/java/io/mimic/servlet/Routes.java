package io.mimic.servlet;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects routes. A pattern begins with {@code /} and is relative to the mount path; a segment is literal or {@code {name}}, and the last
 * one may be <code>**</code>, which stands for the rest of the path (also an empty one). Where several patterns match, the more literal
 * one answers, segment by segment. {@code HEAD} is answered by the handler of {@code GET}; the container leaves the body out.
 *
 * <p>Not thread-safe; used while {@link MimicFilter} starts.
 */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    Routes() {}

    public Routes get(String pattern, Handler handler) {
        return route("GET", pattern, handler);
    }

    public Routes post(String pattern, Handler handler) {
        return route("POST", pattern, handler);
    }

    public Routes delete(String pattern, Handler handler) {
        return route("DELETE", pattern, handler);
    }

    /**
     * Adds a route.
     *
     * @param method in upper case
     * @throws IllegalArgumentException when the pattern is malformed or another handler has the same method and pattern
     */
    public Routes route(String method, String pattern, Handler handler) {
        Route route = new Route(method, PathPattern.parse(pattern), handler);
        if (routes.stream().anyMatch(route::clashesWith)) {
            throw new IllegalArgumentException("There is a handler for " + method + " " + pattern + " already.");
        }
        routes.add(route);
        return this;
    }

    List<Route> list() {
        return List.copyOf(routes);
    }

    record Route(String method, PathPattern pattern, Handler handler) {
        boolean clashesWith(Route other) {
            return method.equals(other.method) && pattern.sameShape(other.pattern);
        }
    }
}
