package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.MimicSetting;
import io.mimic.project.Access;
import io.mimic.project.GivenPassword;
import io.mimic.project.LoginThrottledException;
import io.mimic.project.Logins;
import io.mimic.project.Project;
import io.mimic.project.Right;
import io.mimic.servlet.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code api/login}, {@code api/logout} and {@code api/me}. */
final class LoginApi {
    static final String COOKIE = "mimic_dashboard";

    private static final String KNOWN = "mimic_known_";
    private static final long YEAR_SECONDS = Duration.ofDays(365).toSeconds();

    private static final int MAX_BODY = 8 * 1024;
    private static final int MAX_PASSWORD = 1000;
    private static final int MOST_PROJECTS = 200;
    private static final int UNTIL_BROWSER_ENDS = -1;

    private final Mimic mimic;
    private final Logins logins;
    private final @Nullable HostLogin host;

    /** @param host null: passwords decide */
    LoginApi(Mimic mimic, @Nullable HostLogin host) {
        this.mimic = mimic;
        this.logins = mimic.logins();
        this.host = host;
    }

    void login(Exchange exchange) throws IOException {
        SameOrigin.check(exchange);
        if (host != null) {
            throw Problems.hostDecides();
        }
        Body body = Body.of(exchange, MAX_BODY);
        GivenPassword given = check(exchange, body.text("project", Body.MAX_NAME), body.text("password", MAX_PASSWORD));
        String token = logins.begin(given).orElseThrow(Problems::wrongLogin);
        Callers.cookies(exchange).forEach(logins::end);
        Caller caller = Callers.caller(given.login(), token, exchange);
        mimic.accessLog().write(caller.project().id(), caller.actor(), Access.LOGIN, null);
        setCookie(exchange, token, UNTIL_BROWSER_ENDS);
        String known = knownCookie(caller.project().name());
        exchange.setCookie(
                known,
                mimic.projects()
                        .markBrowser(given.login(), exchange.cookie(known).orElse("")),
                exchange.mountPath() + "/api/login",
                "Strict",
                YEAR_SECONDS);
        exchange.noContent();
    }

    /** Ends the login on the server. Without one it is answered alike: to be logged out is what was asked for. */
    void logout(Exchange exchange) {
        SameOrigin.check(exchange);
        for (String token : Callers.cookies(exchange).toList()) {
            logins.find(token).ifPresent(login -> {
                Gate.checkChange(exchange, Callers.caller(login, token, exchange));
                logins.end(token);
            });
        }
        setCookie(exchange, "", 0);
        exchange.noContent();
    }

    /** Asks about another project from now on, where the host has opened several to one login. */
    void choose(Exchange exchange, Caller caller) throws IOException {
        if (host == null || caller.csrfToken() == null) {
            throw Problems.passwordDecides();
        }
        host.choose(exchange, Body.of(exchange).text("project", Body.MAX_NAME));
        exchange.noContent();
    }

    void me(Exchange exchange, Caller caller) throws IOException {
        boolean byHost = host != null && caller.csrfToken() != null;
        if (byHost && HostLogin.first(exchange)) {
            mimic.accessLog().write(caller.project().id(), caller.actor(), Access.LOGIN, null);
        }
        Map<String, Object> me = new LinkedHashMap<>();
        me.put("project", json(caller.project()));
        me.put("login", caller.csrfToken() == null ? "token" : byHost ? "host" : "password");
        me.put(
                "projects",
                projects(exchange, caller, byHost).map(LoginApi::json).toList());
        me.put("role", caller.role());
        me.put("name", caller.actor().name());
        me.put("rights", caller.rights().stream().sorted().map(Right::word).toList());
        me.put("server", isServerAdmin(mimic, caller));
        me.put("csrfToken", caller.csrfToken());
        me.put("version", mimic.health().version());
        me.put("retentionDays", days(mimic.config().get(MimicSetting.RETENTION)));
        me.put(
                "sessionTimeoutMs",
                mimic.config().get(MimicSetting.SESSION_TIMEOUT).toMillis());
        exchange.json(200, me);
    }

    /** Those that who asks may choose from. */
    private Stream<Project> projects(Exchange exchange, Caller caller, boolean byHost) {
        return host != null && byHost
                ? host.open(exchange.request()).limit(MOST_PROJECTS)
                : Stream.of(caller.project());
    }

    private static Map<String, Object> json(Project project) {
        return Map.of("id", project.id(), "name", project.name());
    }

    /** Who administers the webapp's own project administers the server. */
    static boolean isServerAdmin(Mimic mimic, Caller caller) {
        return caller.may(Right.ADMIN)
                && mimic.projectChanges().isOwn(caller.project().id());
    }

    private GivenPassword check(Exchange exchange, String name, String password) {
        try {
            return mimic.projects()
                    .login(
                            name,
                            password,
                            exchange.clientAddress(),
                            exchange.cookie(knownCookie(name)).orElse(""))
                    .orElseThrow(Problems::wrongLogin);
        } catch (LoginThrottledException e) {
            exchange.response().setHeader("Retry-After", String.valueOf(e.retryAfterSeconds()));
            throw Problems.tooManyTries(e.retryAfterSeconds());
        }
    }

    /** One for each project, since a browser may be used for several. */
    private static String knownCookie(String project) {
        return KNOWN + Integer.toHexString(project.hashCode());
    }

    private static void setCookie(Exchange exchange, String token, int maxAge) {
        exchange.setCookie(COOKIE, token, exchange.mountPath(), "Strict", maxAge);
    }

    /** 0 means that sessions are kept for ever, so that a retention of some hours must not become 0. */
    private static Number days(Duration retention) {
        long day = Duration.ofDays(1).toMillis();
        long millis = retention.toMillis();
        return millis % day == 0 ? (Number) (millis / day) : (Number) (millis / (double) day);
    }
}
