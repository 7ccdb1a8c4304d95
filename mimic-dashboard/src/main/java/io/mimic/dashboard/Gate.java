package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.MimicSetting;
import io.mimic.project.Right;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.Handler;
import io.mimic.servlet.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every route of the dashboard: whether the host's name is one of its own, who asks, whether they may, and whether a change
 * was asked for by the dashboard's own page.
 */
final class Gate {
    static final String CSRF_HEADER = "X-CSRF-Token";

    private final Callers callers;
    private final AllowedHosts hosts;

    Gate(Mimic mimic, Callers callers) {
        this.callers = callers;
        this.hosts = new AllowedHosts(mimic.config().get(MimicSetting.DASHBOARD_HOSTS));
    }

    /** For everybody. */
    Handler open(Handler handler) {
        return exchange -> {
            hosts.check(exchange);
            handler.handle(exchange);
        };
    }

    /**
     * For everybody, after the host has asked who it is where its login decides.
     *
     * @param opens whether a request opens a page and does not only fetch a file
     */
    Handler page(Handler handler, Predicate<HttpServletRequest> opens) {
        Handler open = open(handler);
        return new Handler() {
            @Override
            public void handle(Exchange exchange) throws IOException {
                open.handle(exchange);
            }

            @Override
            public boolean waitsForHost(HttpServletRequest request) {
                return callers.waitForHost(request) && opens.test(request);
            }
        };
    }

    /** For everybody who is known. */
    Handler known(CallerHandler handler) {
        return guard(null, false, handler);
    }

    /** For those who have a right; changes nothing that anybody keeps but for the access log. */
    Handler read(Right right, CallerHandler handler) {
        return guard(right, false, handler);
    }

    /** For those who have a right, and mean it. */
    Handler change(Right right, CallerHandler handler) {
        return guard(right, true, handler);
    }

    private Handler guard(@Nullable Right right, boolean change, CallerHandler handler) {
        return new Handler() {
            @Override
            public void handle(Exchange exchange) throws IOException {
                hosts.check(exchange);
                Caller caller = callers.find(exchange).orElseThrow(() -> unknown(exchange));
                check(exchange, caller, right, change);
                handler.handle(exchange, caller);
            }

            @Override
            public boolean waitsForHost(HttpServletRequest request) {
                return callers.waitForHost(request);
            }
        };
    }

    private static void check(Exchange exchange, Caller caller, @Nullable Right right, boolean change) {
        if (right != null && !caller.may(right)) {
            throw Problems.notAllowed(caller, right);
        }
        if (change) {
            checkChange(exchange, caller);
        }
    }

    /**
     * A browser sends its cookies for whoever makes it ask; it says so, and only the dashboard's own page can know the token. A request that is no
     * browser's, or that proves itself by a header, is what it seems to be.
     *
     * @throws ProblemException 403 when another site asks, or the token is missing or wrong
     */
    static void checkChange(Exchange exchange, Caller caller) {
        String token = caller.csrfToken();
        if (token == null || !SameOrigin.browser(exchange)) {
            return;
        }
        SameOrigin.check(exchange);
        String given = exchange.header(CSRF_HEADER).orElse("");
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            throw Problems.noCsrfToken();
        }
    }

    private ProblemException unknown(Exchange exchange) {
        exchange.response().setHeader("WWW-Authenticate", "Bearer realm=\"MIMIC\"");
        return callers.waitForHost(exchange.request()) ? Problems.notLoggedInToHost() : Problems.notLoggedIn();
    }
}
