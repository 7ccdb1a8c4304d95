package io.mimic.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be told of a request once the host has answered it. Knows Spring by the names of its request attributes alone. */
final class Served {
    private static final String SPRING_PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";
    private static final String SPRING_HANDLER = "org.springframework.web.servlet.HandlerMapping.bestMatchingHandler";
    private static final String SPRING_EXCEPTION = "org.springframework.web.servlet.DispatcherServlet.EXCEPTION";
    private static final Set<String> EVERYTHING = Set.of("", "/", "/*", "/**");
    private static final Set<String> NO_HANDLER = Set.of("default", "dispatcherServlet", "jsp");
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final Pattern FILE =
            Pattern.compile("(image|font|audio|video)/.*|text/css.*|(text|application)/(x-)?javascript.*");

    private Served() {}

    static @Nullable String traceOf(HttpServletRequest request) {
        String parent = request.getHeader("traceparent");
        if (parent == null) {
            return null;
        }
        Matcher matcher = TRACE.matcher(parent);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** The pattern that the handler is mapped to; null when that is everything, so that the path says more. */
    static @Nullable String routeOf(HttpServletRequest request) {
        Object pattern = request.getAttribute(SPRING_PATTERN);
        String route = pattern == null ? mapping(request).getPattern() : pattern.toString();
        return EVERYTHING.contains(route) ? null : route;
    }

    /** The method or the servlet that answered. */
    static @Nullable String handlerOf(HttpServletRequest request) {
        Object handler = request.getAttribute(SPRING_HANDLER);
        if (handler == null) {
            String servlet = mapping(request).getServletName();
            return servlet == null || NO_HANDLER.contains(servlet) ? null : servlet;
        }
        if (handler.getClass().getName().startsWith("org.springframework.web.method.HandlerMethod")) {
            String method = handler.toString().split("\\(", 2)[0].replace('#', '.');
            int type = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
            return method.substring(type + 1);
        }
        return handler.getClass().getSimpleName();
    }

    private static HttpServletMapping mapping(HttpServletRequest request) {
        return request.getHttpServletMapping();
    }

    /** Whether a page was asked for. */
    static boolean isDocument(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        if (destination != null) {
            return destination.equals("document") || destination.equals("iframe");
        }
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && request.getHeader("X-Requested-With") == null
                && request.getHeader("HX-Request") == null;
    }

    /** The exception that the host made an answer of. */
    static @Nullable Throwable exceptionOf(HttpServletRequest request) {
        Object resolved = request.getAttribute(SPRING_EXCEPTION);
        Object failed = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        return resolved instanceof Throwable exception
                ? exception
                : failed instanceof Throwable exception ? exception : null;
    }

    /** What the app threw, out of what containers and frameworks put around it. */
    static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        Throwable inner = thrown;
        for (int depth = 0; depth < 10 && inner != null && isWrapping(inner) && inner.getCause() != null; depth++) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static boolean isWrapping(Throwable thrown) {
        return thrown.getClass() == ServletException.class
                || thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown instanceof InvocationTargetException
                || thrown instanceof UndeclaredThrowableException;
    }

    /** Whether the answer is a picture, a style, a script or the like, of which there are dozens a page. */
    static boolean isFile(HttpServletRequest request, HttpServletResponse response) {
        String type = response.getContentType();
        if (type != null) {
            return FILE.matcher(type.toLowerCase(Locale.ROOT)).matches();
        }
        String destination = request.getHeader("Sec-Fetch-Dest");
        return response.getStatus() == 304
                && destination != null
                && !destination.equals("document")
                && !destination.equals("empty");
    }
}
