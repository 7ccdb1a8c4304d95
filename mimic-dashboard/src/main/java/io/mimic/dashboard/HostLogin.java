package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.project.Actor;
import io.mimic.project.Logins;
import io.mimic.project.Project;
import io.mimic.project.Role;
import io.mimic.servlet.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who the host says asks, and what its roles make of them. A cookie holds no login here: it keeps which project was chosen, and what a page proves
 * itself with when it changes something.
 */
final class HostLogin {
    private static final Pattern COOKIE = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{1,64})");
    private static final String EVERYBODY = "**";
    private static final int UNTIL_BROWSER_ENDS = -1;
    private static final int TOKEN_BYTES = 32;

    private final Mimic mimic;
    private final String viewerRole;
    private final String adminRole;
    private final SecureRandom random = new SecureRandom();

    HostLogin(Mimic mimic) {
        this.mimic = mimic;
        MimicConfig config = mimic.config();
        viewerRole = config.get(MimicSetting.DASHBOARD_ROLE);
        adminRole = config.get(MimicSetting.DASHBOARD_ADMIN_ROLE);
    }

    static boolean decides(Mimic mimic) {
        return mimic.config().get(MimicSetting.DASHBOARD_AUTH) == MimicSetting.DashboardAuth.HOST;
    }

    /**
     * Who asks, in the project that they have chosen, else in the first that is open to them.
     *
     * @return empty when the host knows nobody
     * @throws io.mimic.servlet.ProblemException 403 when the host knows them, and no project is open to them
     */
    Optional<Caller> find(Exchange exchange) {
        Principal principal = exchange.request().getUserPrincipal();
        if (principal == null) {
            return Optional.empty();
        }
        Optional<Matcher> cookie = cookie(exchange);
        Optional<Project> chosen = cookie.flatMap(kept -> mimic.projects().byId(kept.group(2)))
                .filter(project -> role(exchange.request(), project).isPresent());
        Project project = chosen.or(() -> open(exchange.request()).findFirst())
                .orElseThrow(() -> Problems.noRole(principal.getName(), viewerRole, adminRole));
        String token = cookie.map(kept -> kept.group(1)).orElseGet(this::token);
        if (chosen.isEmpty()) {
            keep(exchange, token, project);
        }
        return role(exchange.request(), project).map(role -> caller(exchange, principal, project, role, token));
    }

    /** Every project that the host opens to who asks; this webapp's own first. */
    Stream<Project> open(HttpServletRequest request) {
        List<Project> own = mimic.projects().own().stream().toList();
        return Stream.concat(
                        own.stream(),
                        Stream.of(mimic.projects())
                                .flatMap(projects -> projects.all().stream().filter(project -> !own.contains(project))))
                .filter(project -> role(request, project).isPresent());
    }

    /**
     * Keeps which project is asked about from now on.
     *
     * @throws io.mimic.servlet.ProblemException 404 when none of this id is open to who asks
     */
    void choose(Exchange exchange, String projectId) {
        Project project = mimic.projects()
                .byId(projectId)
                .filter(found -> role(exchange.request(), found).isPresent())
                .orElseThrow(() -> Problems.noSuchThing("project that is open to you"));
        keep(exchange, cookie(exchange).map(kept -> kept.group(1)).orElseGet(this::token), project);
    }

    /** Whether this browser asks for the first time. */
    static boolean first(Exchange exchange) {
        return cookie(exchange).isEmpty();
    }

    private Optional<Role> role(HttpServletRequest request, Project project) {
        if (has(request, adminRole, project)) {
            return Optional.of(Role.ADMIN);
        }
        return has(request, viewerRole, project) ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    private boolean has(HttpServletRequest request, String role, Project project) {
        if (request.isUserInRole(role + ":" + project.name())) {
            return true;
        }
        boolean own = mimic.projectChanges().isOwn(project.id());
        return own && (role.equals(EVERYBODY) || request.isUserInRole(role));
    }

    private static Optional<Matcher> cookie(Exchange exchange) {
        return Callers.cookies(exchange)
                .map(COOKIE::matcher)
                .filter(Matcher::matches)
                .findFirst();
    }

    private static void keep(Exchange exchange, String token, Project project) {
        String value = token + "." + project.id();
        exchange.setCookie(LoginApi.COOKIE, value, exchange.mountPath(), "Strict", UNTIL_BROWSER_ENDS);
    }

    private static Caller caller(Exchange exchange, Principal principal, Project project, Role role, String token) {
        Actor actor = new Actor(Actor.Kind.HOST, principal.getName(), exchange.clientAddress());
        return new Caller(project, role.word(), role.rights(), actor, Logins.csrfToken(token));
    }

    private String token() {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
