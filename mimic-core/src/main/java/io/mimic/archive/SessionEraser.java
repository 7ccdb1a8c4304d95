package io.mimic.archive;

import io.mimic.buffer.BufferedSession;
import io.mimic.buffer.ErasedBatches;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.privacy.ClientText;
import io.mimic.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Removes sessions from all three stores. The tombstone in the catalog comes first: from then on nothing can be committed to the session, so
 * that what is removed after it stays away. The catalog's rows go last: as long as something may be left, the session is found again, so every call can
 * be repeated after a failure. Thread-safe.
 */
public final class SessionEraser {
    private static final int PAGE = 200;

    private final SessionBuffer buffer;
    private final SessionArchive archive;
    private final SessionCatalog catalog;
    private final Function<@Nullable String, ClientRow> clients;

    public SessionEraser(ArchiveStores stores) {
        this.buffer = stores.buffer();
        this.archive = stores.archive();
        this.catalog = stores.catalog();
        this.clients = stores.clients();
    }

    /**
     * Erases one session, also while it is active. One that does not exist is no error.
     *
     * @return how many archive objects were removed
     * @throws StoreException when a store failed; to be called again
     */
    public int erase(String project, UUID session) {
        Removed removed = new Removed();
        erase(project, session, removed);
        return removed.objects;
    }

    /** Erases every session in which this user was identified, archived or not, also where somebody else was identified before or after. */
    public ErasureReport eraseUser(String project, String user) {
        String kept = Objects.requireNonNullElse(ClientText.user(user), user);
        return eraseAll(
                project,
                session -> identified(project, session.id(), kept),
                found -> found.addAll(catalog.sessionsOf(project, kept)));
    }

    /**
     * Erases every session that came from one IP address, archived or not.
     *
     * @param forms as which the address may have been kept
     */
    public ErasureReport eraseIp(String project, Set<String> forms) {
        Predicate<@Nullable String> wanted = ip -> ip != null && forms.contains(ip);
        return eraseAll(
                project,
                session -> wanted.test(clients.apply(session.client()).ip()),
                found -> forms.forEach(form ->
                        find(SessionQuery.newest(project, PAGE).matching(form), row -> wanted.test(row.ip()), found)));
    }

    private ErasureReport eraseAll(
            String project, Predicate<BufferedSession> wantedInBuffer, Consumer<Set<UUID>> addFromCatalog) {
        Set<UUID> sessions = new LinkedHashSet<>();
        Map<UUID, StoreException> failed = new LinkedHashMap<>();
        // The buffer first: what is archived meanwhile is in the catalog when that is asked.
        buffer.sessions(project, session -> {
            try {
                if (wantedInBuffer.test(session)) {
                    sessions.add(session.id());
                }
            } catch (StoreException e) {
                if (!e.isDamaged()) {
                    throw e;
                }
                failed.put(session.id(), e); // nobody can tell whose it is, and the others must not wait for it
            }
        });
        addFromCatalog.accept(sessions);
        List<UUID> erased = new ArrayList<>();
        Removed removed = new Removed();
        for (UUID session : sessions) {
            try {
                erase(project, session, removed);
                erased.add(session);
                failed.remove(session);
            } catch (StoreException e) {
                failed.put(session, e);
            }
        }
        String reason = failed.values().stream()
                .map(e -> Objects.requireNonNullElse(e.getMessage(), e.toString()))
                .reduce((earlier, last) -> last)
                .orElse(null);
        return new ErasureReport(
                erased, removed.objects, removed.batches, removed.bytes, List.copyOf(failed.keySet()), reason);
    }

    private void erase(String project, UUID session, Removed removed) {
        Set<String> objects = new LinkedHashSet<>(catalog.condemn(project, session));
        ErasedBatches batches = buffer.erase(project, session);
        removed.batches += batches.batches();
        removed.bytes += batches.bytes();
        // Also what an archiver has put and not committed, or what an erasure that broke off has left.
        archive.list(ObjectNames.prefix(project, session), object -> objects.add(object.name()));
        for (String object : objects) {
            archive.delete(object);
            removed.objects++;
        }
        // What no other session shows is known only once the rows are gone; what is left then by a failure is swept.
        for (String object : catalog.erase(project, session)) {
            if (objects.add(object)) {
                archive.delete(object);
                removed.objects++;
            }
        }
    }

    private void find(SessionQuery query, Predicate<SessionRow> wanted, Set<UUID> found) {
        SessionQuery next = query;
        while (true) {
            SessionPage page = catalog.find(next);
            page.items().stream().filter(wanted).map(SessionRow::id).forEach(found::add);
            @Nullable String cursor = page.next();
            if (cursor == null) {
                return;
            }
            next = next.after(cursor);
        }
    }

    /** What a session that goes on said since it was archived last is not in the catalog yet. */
    private boolean identified(String project, UUID session, String user) {
        boolean[] found = {false};
        buffer.read(
                project,
                session,
                chunk -> found[0] = found[0] || chunk.summary().users().contains(user));
        return found[0];
    }

    /** What is gone, counted as it goes: also what an erasure that broke off had removed. */
    private static final class Removed {
        private int objects;
        private long batches;
        private long bytes;
    }
}
