package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.project.Actor;
import io.mimic.project.ApiToken;
import io.mimic.project.ApiTokens;
import io.mimic.project.Login;
import io.mimic.project.Logins;
import io.mimic.project.Project;
import io.mimic.project.Role;
import io.mimic.servlet.Exchange;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out who asks: a script by its token, else a person by the login's cookie, or by the host's own login. */
final class Callers {
    private static final String BEARER = "Bearer ";
    private static final int MAX_COOKIES = 4;

    private final Mimic mimic;
    private final @Nullable HostLogin host;

    /** @param host null: who knows a project's password is known */
    Callers(Mimic mimic, @Nullable HostLogin host) {
        this.mimic = mimic;
        this.host = host;
    }

    /** Empty when nobody is known. A token that is none any more is not helped by a login beside it. */
    Optional<Caller> find(Exchange exchange) {
        Optional<String> secret = bearer(exchange.request());
        if (secret.isPresent()) {
            return secret.flatMap(token -> byToken(token, exchange));
        }
        return host == null ? byCookie(exchange) : host.find(exchange);
    }

    /** Whether the host's login has to say who asks. */
    boolean waitForHost(HttpServletRequest request) {
        return host != null && bearer(request).isEmpty();
    }

    /** What a cookie of the dashboard's name holds; several, when a parent path has set one of the same name. */
    static Stream<String> cookies(Exchange exchange) {
        Cookie[] cookies = exchange.request().getCookies();
        List<Cookie> all = cookies == null ? List.of() : List.of(cookies);
        return all.stream()
                .filter(cookie -> cookie.getName().equals(LoginApi.COOKIE))
                .map(Cookie::getValue)
                .filter(token -> !token.isEmpty())
                .limit(MAX_COOKIES);
    }

    /** A host or a proxy may use the same header for tokens of its own: those are not looked at. */
    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).trim())
                .filter(ApiTokens::isToken);
    }

    private Optional<Caller> byToken(String secret, Exchange exchange) {
        Optional<ApiToken> token = mimic.apiTokens().find(secret);
        return token.flatMap(
                found -> mimic.projects().byId(found.project()).map(project -> caller(project, found, exchange)));
    }

    private static Caller caller(Project project, ApiToken token, Exchange exchange) {
        Actor actor = new Actor(Actor.Kind.TOKEN, token.name(), exchange.clientAddress());
        return new Caller(project, "token", token.rights(), actor, null);
    }

    private Optional<Caller> byCookie(Exchange exchange) {
        return cookies(exchange)
                .flatMap(token -> mimic.logins().find(token).map(login -> caller(login, token, exchange)).stream())
                .findFirst();
    }

    static Caller caller(Login login, String token, Exchange exchange) {
        Actor.Kind kind = login.role() == Role.ADMIN ? Actor.Kind.ADMIN : Actor.Kind.VIEWER;
        Actor actor = new Actor(kind, null, exchange.clientAddress());
        return new Caller(login.project(), login.role().word(), login.role().rights(), actor, Logins.csrfToken(token));
    }
}
