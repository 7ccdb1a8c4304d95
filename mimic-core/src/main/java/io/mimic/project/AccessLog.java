package io.mimic.project;

import com.github.f4b6a3.uuid.UuidCreator;
import io.mimic.catalog.AccessQuery;
import io.mimic.catalog.AccessRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.privacy.AddressRule;
import io.mimic.privacy.ClientText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who looked at, exported, erased and changed what. What was looked at often is told once in {@link #SELDOM}; refused logins are told in sums,
 * about once a minute. Whoever is erased is named by a keyed hash, and of addresses is kept what {@link AddressRule} says. Thread-safe; failures are {@link io.mimic.store.StoreException}.
 */
public final class AccessLog {
    /** The same person looking at the same session is told at most this often by each node. */
    public static final Duration SELDOM = Duration.ofMinutes(10);

    private static final int REMEMBERED = 10_000;
    private static final int HASH_SHOWN = 16;
    private static final String KEY = "access-log.key";

    private final SessionCatalog catalog;
    private final RefusedLogins refused;
    private final AddressRule addresses;
    private final SharedSecret key;
    private final Duration retention;
    private final Clock clock;
    private final Map<List<?>, Long> told = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<?>, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param projects whose refused logins are told
     * @param addresses what is kept of the address of who did something
     * @param retention lines are removed after this time; zero: never
     */
    public AccessLog(
            SessionCatalog catalog, Projects projects, AddressRule addresses, Duration retention, Clock clock) {
        this.catalog = catalog;
        this.refused = projects.refused();
        this.addresses = addresses;
        this.key = new SharedSecret(catalog, KEY);
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Writes a line.
     *
     * @param target what it is done to, such as a session's id
     * @return the line's id, for {@link #outcome}
     */
    public String write(String project, Actor actor, Access access, @Nullable String target) {
        return write(project, actor, access, target, null);
    }

    /**
     * Writes a line of which it is known what becomes of it.
     *
     * @param target as above
     * @param outcome null when there is nothing to tell
     * @return as above
     */
    public String write(String project, Actor actor, Access access, @Nullable String target, @Nullable String outcome) {
        long now = clock.millis();
        String id = UuidCreator.getTimeOrderedEpoch(Instant.ofEpochMilli(now)).toString();
        catalog.access()
                .insertAccess(new AccessRow(
                        id,
                        project,
                        now,
                        actor.kind().word(),
                        actor.name(),
                        addresses.kept(actor.address()),
                        access.word(),
                        target,
                        outcome));
        return id;
    }

    /** Writes a line unless the same was written a short while ago. */
    public void writeSeldom(String project, Actor actor, Access access, @Nullable String target) {
        List<?> key = List.of(project, actor, access, String.valueOf(target));
        long now = clock.millis();
        synchronized (told) {
            Long before = told.get(key);
            if (before != null && now >= before && now - before < SELDOM.toMillis()) {
                return;
            }
        }
        write(project, actor, access, target);
        synchronized (told) {
            told.put(key, now);
        }
    }

    /** Adds to a line what became of it. */
    public void outcome(String line, String outcome) {
        catalog.access().setAccessOutcome(line, outcome);
    }

    /** One page, newest first. */
    public List<AccessRow> find(AccessQuery query) {
        tellRefused();
        return catalog.access().accesses(query);
    }

    /** What every node does about once a minute. */
    public void keep() {
        tellRefused();
        if (!retention.isZero()) {
            catalog.access().removeAccessesBefore(clock.millis() - retention.toMillis());
        }
    }

    /**
     * Names a person by a user's id or an address, the same way on all nodes, without telling who it is: the key is made once and kept in the catalog, so that nobody finds out by
     * trying all addresses who has not that.
     */
    public String pseudonym(String person) {
        String kept = AddressRule.whole(Objects.requireNonNullElse(ClientText.user(person), person));
        return "hmac:" + key.hash(kept).substring(0, HASH_SHOWN);
    }

    private void tellRefused() {
        for (RefusedLogins.Refused tries : refused.drain()) {
            catalog.projectByName(tries.project())
                    .ifPresent(project -> write(
                            project.id(),
                            new Actor(Actor.Kind.NOBODY, null, tries.address()),
                            Access.LOGIN_REFUSED,
                            null,
                            tries.count() == 1 ? "once" : tries.count() + " times"));
        }
    }
}
