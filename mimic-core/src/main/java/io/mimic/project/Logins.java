package io.mimic.project;

import io.mimic.catalog.LoginRow;
import io.mimic.catalog.SessionCatalog;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Who is logged in, on all nodes that share the catalog. A login ends when it is ended, when it was not used for {@link #IDLE}, when it is as
 * old as {@link #LONGEST}, and when its project's password changes. The catalog keeps hashes of tokens, never a token. Thread-safe; failures
 * are {@link io.mimic.store.StoreException}.
 */
public final class Logins {
    /** A login that is not used for this long ends. */
    public static final Duration IDLE = Duration.ofHours(2);

    /** No login is longer than this. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** A write for each request would cost more than it tells. */
    private static final Duration TOLD_AFTER = Duration.ofMinutes(1);

    private final SessionCatalog catalog;
    private final Projects projects;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    /** @param projects tells names of projects */
    public Logins(SessionCatalog catalog, Projects projects, Clock clock) {
        this.catalog = catalog;
        this.projects = projects;
        this.clock = clock;
    }

    /** @return the new login's token: unguessable, safe in a cookie, known to the caller alone. Empty when the password was changed meanwhile */
    public Optional<String> begin(GivenPassword given) {
        Login login = given.login();
        String token = secrets.make();
        long now = clock.millis();
        catalog.access().removeLoginsUnseenSince(now - LONGEST.toMillis());
        boolean viewer = login.role() == Role.VIEWER;
        LoginRow row = new LoginRow(Secrets.hash(token), login.project().id(), viewer, now, now);
        return catalog.access().insertLogin(row, given.hash()) ? Optional.of(token) : Optional.empty();
    }

    /** The login that a token stands for; using it keeps it from going idle. Empty when there is no such login any more. */
    public Optional<Login> find(String token) {
        if (!Secrets.FORM.matcher(token).matches()) {
            return Optional.empty();
        }
        long now = clock.millis();
        Optional<LoginRow> login = catalog.access()
                .login(Secrets.hash(token))
                .filter(row -> now - row.begunAt() < LONGEST.toMillis() && now - row.seenAt() < IDLE.toMillis());
        login.filter(row -> now - row.seenAt() >= TOLD_AFTER.toMillis())
                .ifPresent(row -> catalog.access().seenLogin(row.tokenHash(), now));
        return login.flatMap(row -> projects.byId(row.project())
                .map(project -> new Login(project, row.viewer() ? Role.VIEWER : Role.ADMIN)));
    }

    /** Ends a login everywhere. Without effect when there is none. */
    public void end(String token) {
        if (Secrets.FORM.matcher(token).matches()) {
            catalog.access().removeLogin(Secrets.hash(token));
        }
    }

    /**
     * What a page has to send along with a change, to prove that it could read an answer of this server. Belongs to the login and ends
     * with it; who knows it alone cannot log in.
     */
    public static String csrfToken(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256("csrf\n" + token));
    }
}
