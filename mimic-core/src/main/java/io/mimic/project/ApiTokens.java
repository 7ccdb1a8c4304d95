package io.mimic.project;

import com.github.f4b6a3.uuid.UuidCreator;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.TokenRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that let scripts use the dashboard's API, on all nodes that share the catalog; another password of the project revokes them. The catalog keeps their hashes. Thread-safe; failures are
 * {@link io.mimic.store.StoreException}.
 */
public final class ApiTokens {
    /** Begins every token, so that people and scanners of secrets recognise one. */
    public static final String PREFIX = "mimic_";

    /** No token lives longer than this. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** How many a project may have. */
    public static final int MOST = 50;

    private static final Duration TOLD_AFTER = Duration.ofMinutes(1);

    private final SessionCatalog catalog;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    public ApiTokens(SessionCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param name 1 to 100 characters
     * @param rights at least one
     * @param madeBy who makes it, as the access log names them
     * @param life more than none, at most {@link #LONGEST}
     * @return empty when the project has {@link #MOST} tokens already, or is not there
     * @throws IllegalArgumentException when a value has not the right form
     */
    public Optional<Made> make(String project, String name, Set<Right> rights, String madeBy, Duration life) {
        if (rights.isEmpty() || life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A token needs a right, and a life of at most " + LONGEST + ".");
        }
        String secret = PREFIX + secrets.make();
        long now = clock.millis();
        String id = UuidCreator.getTimeOrderedEpoch(Instant.ofEpochMilli(now)).toString();
        TokenRow row = new TokenRow(
                id, Secrets.hash(secret), project, name, Right.write(rights), madeBy, now, now + life.toMillis(), 0);
        return catalog.access().insertToken(row, MOST) ? Optional.of(new Made(secret, token(row))) : Optional.empty();
    }

    /** The token behind a secret. Empty when there is no such token, it was revoked, or its time is over. */
    public Optional<ApiToken> find(String secret) {
        if (!isToken(secret)) {
            return Optional.empty();
        }
        long now = clock.millis();
        Optional<TokenRow> row =
                catalog.access().tokenByHash(Secrets.hash(secret)).filter(found -> now < found.endsAt());
        row.filter(found -> now - found.usedAt() >= TOLD_AFTER.toMillis())
                .ifPresent(found -> catalog.access().usedToken(found.id(), now));
        return row.map(ApiTokens::token);
    }

    /** Whether it has a token's form; others may stand in the same header for the host. */
    public static boolean isToken(String secret) {
        return secret.startsWith(PREFIX)
                && Secrets.FORM.matcher(secret.substring(PREFIX.length())).matches();
    }

    /** A project's tokens, newest first; also those whose time is over. */
    public List<ApiToken> list(String project) {
        return catalog.access().tokens(project).stream().map(ApiTokens::token).toList();
    }

    /** @return false when the project has no such token */
    public boolean revoke(String project, String id) {
        return catalog.access().removeToken(project, id);
    }

    private static ApiToken token(TokenRow row) {
        return new ApiToken(
                row.id(),
                row.project(),
                row.name(),
                Right.read(row.rights()),
                row.madeBy(),
                row.madeAt(),
                row.endsAt(),
                row.usedAt());
    }

    /** @param secret what the script sends; known to the caller alone, and not to be had again */
    public record Made(String secret, ApiToken token) {}
}
