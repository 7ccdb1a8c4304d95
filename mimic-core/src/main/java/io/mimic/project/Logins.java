package io.mimic.project;

import io.mimic.catalog.LoginRow;
import io.mimic.catalog.SessionCatalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int TOKEN_BYTES = 32;
    /** A write for each request would cost more than it tells. */
    private static final Duration TOLD_AFTER = Duration.ofMinutes(1);

    private final SessionCatalog catalog;
    private final Projects projects;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param projects tells names of projects */
    public Logins(SessionCatalog catalog, Projects projects, Clock clock) {
        this.catalog = catalog;
        this.projects = projects;
        this.clock = clock;
    }

    /** @return the new login's token: unguessable, safe in a cookie, known to the caller alone */
    public String begin(Project project) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        long now = clock.millis();
        catalog.removeLoginsUnseenSince(now - LONGEST.toMillis());
        catalog.insertLogin(new LoginRow(hash(token), project.id(), now, now));
        return token;
    }

    /** The project that a token is logged in to; using it keeps it from going idle. Empty when there is no such login any more. */
    public Optional<Project> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        long now = clock.millis();
        Optional<LoginRow> login = catalog.login(hash(token))
                .filter(row -> now - row.begunAt() < LONGEST.toMillis() && now - row.seenAt() < IDLE.toMillis());
        login.filter(row -> now - row.seenAt() >= TOLD_AFTER.toMillis())
                .ifPresent(row -> catalog.seenLogin(row.tokenHash(), now));
        return login.flatMap(row -> projects.byId(row.project()));
    }

    /** Ends a login everywhere. Without effect when there is none. */
    public void end(String token) {
        if (TOKEN.matcher(token).matches()) {
            catalog.removeLogin(hash(token));
        }
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
