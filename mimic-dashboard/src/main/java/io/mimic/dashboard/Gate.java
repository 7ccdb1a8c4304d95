package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.MimicSetting;
import io.mimic.project.Right;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.Handler;
import io.mimic.servlet.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every route of the dashboard: whether the host's name is one of its own, who asks, whether they may, and whether a change
 * was asked for by the dashboard's own page.
 */
final class Gate {
    static final String CSRF_HEADER = "X-CSRF-Token";

    private final Callers callers;
    private final AllowedHosts hosts;

    Gate(Mimic mimic) {
        this.callers = new Callers(mimic);
        this.hosts = new AllowedHosts(mimic.config().get(MimicSetting.DASHBOARD_HOSTS));
    }

    /** For everybody. */
    Handler open(Handler handler) {
        return exchange -> {
            hosts.check(exchange);
            handler.handle(exchange);
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
        return exchange -> {
            hosts.check(exchange);
            Caller caller = callers.find(exchange).orElseThrow(() -> unknown(exchange));
            if (right != null && !caller.may(right)) {
                throw Problems.notAllowed(caller, right);
            }
            if (change) {
                checkChange(exchange, caller);
            }
            handler.handle(exchange, caller);
        };
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

    private static ProblemException unknown(Exchange exchange) {
        exchange.response().setHeader("WWW-Authenticate", "Bearer realm=\"MIMIC\"");
        return Problems.notLoggedIn();
    }
}
