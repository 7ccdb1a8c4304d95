package io.mimic.buffer.jdbc;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.SessionBounds;
import io.mimic.jdbc.ColumnText;
import io.mimic.jdbc.Dialect;
import io.mimic.jdbc.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One append within its transaction. */
final class AppendStep {
    private static final int CREATED = 1;
    private static final int RESUMED = 2;
    private static final int SNAPSHOT = 4;

    private final SessionBounds bounds;
    private final Dialect dialect;
    private final Append append;
    private final byte[] body;
    private final String project;
    private final String page;
    private final int seq;

    AppendStep(SessionBounds bounds, Dialect dialect, Append append, byte[] body) {
        this.bounds = bounds;
        this.dialect = dialect;
        this.append = append;
        this.body = body;
        this.project = append.project();
        this.page = append.chunk().page();
        this.seq = append.chunk().seq();
    }

    Appended run(Sql sql, long now) throws SQLException {
        Optional<PageBinding> bound = lockPage(sql);
        Optional<Appended> before = seenBefore(sql);
        if (before.isPresent()) {
            return before.get();
        }
        Map<UUID, OpenSession> candidates = lockSessions(sql, bound.map(PageBinding::session));
        @Nullable
        OpenSession former = bound.map(found -> candidates.get(found.session())).orElse(null);
        @Nullable OpenSession going = going(former, now);
        if (going == null) {
            @Nullable OpenSession tokens = append.tokenSession() == null ? null : candidates.get(append.tokenSession());
            going = going(tokens, now);
        }
        return going == null ? begin(sql, bound, former, now) : goOn(sql, bound, going, now);
    }

    /** Takes the page for this transaction, so that a repetition on another node waits for this one. */
    private Optional<PageBinding> lockPage(Sql sql) throws SQLException {
        return sql.first(
                "SELECT session, page_no, generation FROM mimic_page WHERE project = ? AND page = ?"
                        + dialect.forUpdate(),
                PageBinding::of,
                project,
                page);
    }

    private Optional<Appended> seenBefore(Sql sql) throws SQLException {
        return sql.first(
                "SELECT n.session, n.answer, s.client, s.seen_at FROM mimic_seen n LEFT JOIN mimic_open_session s"
                        + " ON s.project = n.project AND s.session = n.session"
                        + " WHERE n.project = ? AND n.page = ? AND n.seq = ?",
                row -> appended(
                        UUID.fromString(row.getString(1)), row.getInt(2), true, row.getString(3), row.getLong(4)),
                project,
                page,
                seq);
    }

    private Map<UUID, OpenSession> lockSessions(Sql sql, Optional<UUID> bound) throws SQLException {
        UUID first = bound.orElse(append.freshSession());
        UUID second = append.tokenSession() == null ? first : append.tokenSession();
        Map<UUID, OpenSession> found = new HashMap<>();
        sql.list(
                        "SELECT " + OpenSession.COLUMNS
                                + " FROM mimic_open_session WHERE project = ? AND session IN (?, ?) ORDER BY session"
                                + dialect.forUpdate(),
                        OpenSession::of,
                        project,
                        first.toString(),
                        second.toString())
                .forEach(session -> found.put(session.id(), session));
        return found;
    }

    private @Nullable OpenSession going(@Nullable OpenSession session, long now) {
        return session != null && session.canGoOn(bounds, now) ? session : null;
    }

    private Appended begin(Sql sql, Optional<PageBinding> bound, @Nullable OpenSession former, long now)
            throws SQLException {
        UUID session = append.freshSession();
        @Nullable String inherited = former == null ? null : former.client();
        @Nullable String client = append.client() == null ? inherited : ColumnText.clean(append.client());
        sql.update(
                "INSERT INTO mimic_open_session (project, " + OpenSession.COLUMNS
                        + ", due_at) VALUES (?, ?, 0, ?, ?, ?, 1, 1, 0, ?, ?, 0, NULL, 0, 0, ?)",
                project,
                session.toString(),
                now,
                now,
                client,
                append.chunk().rawBytes(),
                now,
                OpenSession.dueAt(bounds, now, append.chunk().rawBytes(), now, 0, now));
        bind(sql, bound, session, 1, 0);
        int answer = CREATED | (bound.isPresent() || seq > 0 ? SNAPSHOT : 0);
        store(sql, session, 1, answer, now);
        return appended(session, answer, false, client, now);
    }

    private Appended goOn(Sql sql, Optional<PageBinding> bound, OpenSession session, long now) throws SQLException {
        boolean here = bound.isPresent() && bound.get().session().equals(session.id());
        long pageNo = here ? bound.get().pageNo() : session.pages() + 1;
        boolean archivedSince = here && bound.get().generation() < session.generation();
        boolean moved = !here && (bound.isPresent() || seq > 0);
        if (!here || archivedSince) {
            bind(sql, bound, session.id(), pageNo, session.generation());
        }
        int answer = (session.open(bounds, now) ? 0 : RESUMED) | (archivedSince || moved ? SNAPSHOT : 0);
        long seenAt = Math.max(now, session.seenAt());
        prolong(sql, session, seenAt, Math.max(pageNo, session.pages()), now);
        store(sql, session.id(), pageNo, answer, now);
        return appended(session.id(), answer, false, session.client(), seenAt);
    }

    private void prolong(Sql sql, OpenSession session, long seenAt, long pages, long now) throws SQLException {
        long rawBytes = session.rawBytes() + append.chunk().rawBytes();
        long oldestAt = session.oldestAt() == 0 ? now : session.oldestAt();
        @Nullable String client = append.client() == null ? null : ColumnText.clean(append.client());
        sql.update(
                "UPDATE mimic_open_session SET state = 0, seen_at = ?, batches = batches + 1, pages = ?, raw_bytes = ?,"
                        + " oldest_at = ?, client = COALESCE(client, ?), due_at = ? WHERE project = ? AND session = ?",
                seenAt,
                pages,
                rawBytes,
                oldestAt,
                client,
                OpenSession.dueAt(bounds, seenAt, rawBytes, oldestAt, session.hold(), now),
                project,
                session.id().toString());
    }

    private void bind(Sql sql, Optional<PageBinding> bound, UUID session, long pageNo, long generation)
            throws SQLException {
        if (bound.isPresent()) {
            sql.update(
                    "UPDATE mimic_page SET session = ?, page_no = ?, generation = ? WHERE project = ? AND page = ?",
                    session.toString(),
                    pageNo,
                    generation,
                    project,
                    page);
        } else {
            sql.update(
                    "INSERT INTO mimic_page (project, page, session, page_no, generation) VALUES (?, ?, ?, ?, ?)",
                    project,
                    page,
                    session.toString(),
                    pageNo,
                    generation);
        }
    }

    private void store(Sql sql, UUID session, long pageNo, int answer, long now) throws SQLException {
        sql.update(
                "INSERT INTO mimic_seen (project, page, seq, session, answer) VALUES (?, ?, ?, ?, ?)",
                project,
                page,
                seq,
                session.toString(),
                answer);
        sql.update(
                "INSERT INTO mimic_chunk (project, page, seq, session, page_no, stored_at, raw_bytes, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                project,
                page,
                seq,
                session.toString(),
                pageNo,
                now,
                append.chunk().rawBytes(),
                body);
    }

    private static Appended appended(
            UUID session, int answer, boolean duplicate, @Nullable String client, long seenAt) {
        return new Appended(
                session,
                (answer & CREATED) != 0,
                (answer & RESUMED) != 0,
                duplicate,
                (answer & SNAPSHOT) != 0,
                client,
                seenAt);
    }
}
