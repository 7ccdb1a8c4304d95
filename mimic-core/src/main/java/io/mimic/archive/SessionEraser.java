package io.mimic.archive;

import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Removes sessions from all three stores. The tombstone in the catalog comes first: from then on nothing can be committed to the session, so
 * that what is removed after it stays away. Every call can be repeated after a failure. Thread-safe.
 */
public final class SessionEraser {
    private static final int PAGE = 200;

    private final SessionBuffer buffer;
    private final SessionArchive archive;
    private final SessionCatalog catalog;

    public SessionEraser(SessionBuffer buffer, SessionArchive archive, SessionCatalog catalog) {
        this.buffer = buffer;
        this.archive = archive;
        this.catalog = catalog;
    }

    /**
     * Erases one session, also while it is active. One that does not exist is no error.
     *
     * @return how many archive objects were removed
     * @throws StoreException when a store failed; to be called again
     */
    public int erase(String project, UUID session) {
        Set<String> objects = new LinkedHashSet<>(catalog.erase(project, session));
        buffer.erase(project, session);
        // Also what an archiver has put and not committed, or what an erasure that broke off has left.
        archive.list(ObjectNames.prefix(project, session), object -> objects.add(object.name()));
        objects.forEach(archive::delete);
        return objects.size();
    }

    /** Erases every session in which this user was identified, archived or not. */
    public ErasureReport eraseUser(String project, String user) {
        return eraseAll(
                project,
                query(project, null, user),
                row -> user.equals(row.user()),
                session -> identifiedInBuffer(project, session, user));
    }

    /** Erases every session that came from this IP address, as the catalog keeps it (whole, cut or hashed). */
    public ErasureReport eraseIp(String project, String ip) {
        return eraseAll(project, query(project, ip, null), row -> ip.equals(row.ip()), session -> false);
    }

    private ErasureReport eraseAll(
            String project, SessionQuery query, Predicate<SessionRow> wanted, Predicate<UUID> wantedActive) {
        Set<UUID> sessions = new LinkedHashSet<>();
        find(query, row -> wanted.test(row), sessions);
        find(active(project), row -> wanted.test(row) || wantedActive.test(row.id()), sessions);
        List<UUID> erased = new ArrayList<>();
        List<UUID> failed = new ArrayList<>();
        int objects = 0;
        String reason = null;
        for (UUID session : sessions) {
            try {
                objects += erase(project, session);
                erased.add(session);
            } catch (StoreException e) {
                failed.add(session);
                reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
            }
        }
        return new ErasureReport(erased, objects, failed, reason);
    }

    private void find(SessionQuery query, Predicate<SessionRow> wanted, Set<UUID> found) {
        SessionQuery next = query;
        while (true) {
            SessionPage page = catalog.find(next);
            page.items().stream().filter(wanted).map(SessionRow::id).forEach(found::add);
            String cursor = page.next();
            if (cursor == null) {
                return;
            }
            next = at(next, cursor);
        }
    }

    /** What a session that goes on said since it was archived last is not in the catalog yet. */
    private boolean identifiedInBuffer(String project, UUID session, String user) {
        boolean[] found = {false};
        buffer.read(
                project,
                session,
                chunk -> found[0] = found[0] || user.equals(chunk.summary().user()));
        return found[0];
    }

    private static SessionQuery query(String project, @Nullable String q, @Nullable String user) {
        return new SessionQuery(project, q, false, null, null, null, null, user, null, false, 0, 0, 0, PAGE, null);
    }

    private static SessionQuery active(String project) {
        return new SessionQuery(project, null, false, null, null, null, null, null, null, true, 0, 0, 0, PAGE, null);
    }

    private static SessionQuery at(SessionQuery query, String cursor) {
        return new SessionQuery(
                query.project(),
                query.q(),
                query.errors(),
                query.status(),
                query.browser(),
                query.os(),
                query.country(),
                query.user(),
                query.event(),
                query.active(),
                query.from(),
                query.to(),
                query.minDurationMs(),
                query.limit(),
                cursor);
    }
}
