package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.MimicSetting;
import io.mimic.project.LoginThrottledException;
import io.mimic.project.Logins;
import io.mimic.project.Project;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.Handler;
import io.mimic.servlet.ProblemException;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code api/login}, {@code api/logout}, {@code api/me}, and who may call everything else. */
final class LoginApi {
    static final String COOKIE = "mimic_dashboard";

    private static final int MAX_BODY = 8 * 1024;
    private static final int MAX_NAME = 200;
    private static final int MAX_PASSWORD = 1000;
    private static final int MAX_COOKIES = 4;
    private static final int UNTIL_BROWSER_ENDS = -1;

    private final Mimic mimic;
    private final Logins logins;

    LoginApi(Mimic mimic) {
        this.mimic = mimic;
        this.logins = mimic.logins();
    }

    void login(Exchange exchange) throws IOException {
        SameOrigin.check(exchange);
        Map<String, Object> body = exchange.readJson(MAX_BODY);
        Project project = check(exchange, text(body, "project", MAX_NAME), text(body, "password", MAX_PASSWORD));
        tokens(exchange).forEach(logins::end);
        setCookie(exchange, logins.begin(project), UNTIL_BROWSER_ENDS);
        exchange.noContent();
    }

    /** Ends the login on the server. Without one it is answered alike: to be logged out is what was asked for. */
    void logout(Exchange exchange) {
        SameOrigin.check(exchange);
        tokens(exchange).forEach(logins::end);
        setCookie(exchange, "", 0);
        exchange.noContent();
    }

    void me(Exchange exchange, Project project) throws IOException {
        Map<String, Object> me = new LinkedHashMap<>();
        me.put("project", Map.of("id", project.id(), "name", project.name()));
        me.put("role", "admin");
        me.put("version", mimic.health().version());
        me.put("retentionDays", days(mimic.config().get(MimicSetting.RETENTION)));
        me.put(
                "sessionTimeoutMs",
                mimic.config().get(MimicSetting.SESSION_TIMEOUT).toMillis());
        exchange.json(200, me);
    }

    /** A handler that is told the project, and never called without a login. */
    Handler loggedIn(ProjectHandler handler) {
        return exchange -> {
            Project project = tokens(exchange)
                    .map(logins::find)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(Problems::notLoggedIn);
            handler.handle(exchange, project);
        };
    }

    private Project check(Exchange exchange, String name, String password) {
        try {
            return mimic.projects()
                    .login(name, password, exchange.clientAddress())
                    .orElseThrow(Problems::wrongLogin);
        } catch (LoginThrottledException e) {
            exchange.response().setHeader("Retry-After", String.valueOf(e.retryAfterSeconds()));
            throw Problems.tooManyTries(e.retryAfterSeconds());
        }
    }

    /** Several, when a parent path has set a cookie of the same name. */
    private static Stream<String> tokens(Exchange exchange) {
        Cookie[] cookies = exchange.request().getCookies();
        List<Cookie> all = cookies == null ? List.of() : List.of(cookies);
        return all.stream()
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .filter(token -> !token.isEmpty())
                .limit(MAX_COOKIES);
    }

    private static void setCookie(Exchange exchange, String token, int maxAge) {
        exchange.setCookie(COOKIE, token, exchange.mountPath(), "Strict", maxAge);
    }

    /** @throws ProblemException 400 when it is missing, no text, empty or too long */
    private static String text(Map<String, Object> body, String name, int maxLength) {
        if (body.get(name) instanceof String text && !text.isEmpty() && text.length() <= maxLength) {
            return text;
        }
        throw Problems.malformed("The body's member " + name + " must be a text of 1 to " + maxLength + " characters.");
    }

    /** 0 means that sessions are kept for ever, so that a retention of some hours must not become 0. */
    private static Number days(Duration retention) {
        long day = Duration.ofDays(1).toMillis();
        long millis = retention.toMillis();
        return millis % day == 0 ? (Number) (millis / day) : (Number) (millis / (double) day);
    }

    /** Answers a request of somebody who is logged in to a project. */
    interface ProjectHandler {
        void handle(Exchange exchange, Project project) throws IOException;
    }
}
