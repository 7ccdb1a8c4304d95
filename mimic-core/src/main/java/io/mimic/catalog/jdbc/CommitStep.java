package io.mimic.catalog.jdbc;

import static io.mimic.jdbc.ColumnText.cut;
import static io.mimic.jdbc.ColumnText.whole;

import io.mimic.catalog.MarkerRow;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentCommit;
import io.mimic.catalog.SegmentRow;
import io.mimic.jdbc.Dialect;
import io.mimic.jdbc.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One commit within its transaction. */
final class CommitStep {
    private final SessionWrites sessions;
    private final Dialect dialect;
    private final SegmentCommit commit;
    private final String project;
    private final String session;

    CommitStep(SessionWrites sessions, Dialect dialect, SegmentCommit commit) {
        this.sessions = sessions;
        this.dialect = dialect;
        this.commit = commit;
        this.project = commit.project();
        this.session = commit.session().toString();
    }

    boolean run(Sql sql) throws SQLException {
        boolean mayCommit = sessions.guard(sql, project, session)
                .map(guard -> !guard.erased() && guard.epoch() == commit.epoch())
                .orElse(false);
        if (!mayCommit) {
            return false;
        }
        if (committedBefore(sql)) {
            return true;
        }
        sessions.insertOrFill(sql, project, session, commit.client(), begin(), commit.seenAt());
        Before before = before(sql);
        @Nullable SegmentRow segment = commit.segment();
        if (segment != null) {
            insertSegment(sql, segment);
            insertPages(sql, segment);
            insertMarkers(sql, segment.number());
            count(sql, before, segment);
        }
        tell(sql);
        return true;
    }

    /** A repetition of a commit whose answer was lost. */
    private boolean committedBefore(Sql sql) throws SQLException {
        return commit.segment() != null
                && sql.number(
                                "SELECT COUNT(*) FROM mimic_segment WHERE project = ? AND session = ? AND number = ?",
                                project,
                                session,
                                commit.epoch())
                        > 0;
    }

    /** When a session began that the catalog did not know: its first event, else what its id says. */
    private long begin() {
        @Nullable SegmentRow segment = commit.segment();
        if (segment != null && segment.firstAt() > 0) {
            return segment.firstAt();
        }
        UUID id = commit.session();
        return id.version() == 7 ? id.getMostSignificantBits() >>> 16 : commit.seenAt();
    }

    private Before before(Sql sql) throws SQLException {
        return sql.first(
                        "SELECT started_at, last_event, urls, activity, user_id FROM mimic_session WHERE project = ? AND session = ?"
                                + dialect.forUpdate(),
                        row -> new Before(
                                row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)),
                        project,
                        session)
                .orElseThrow();
    }

    private void insertSegment(Sql sql, SegmentRow segment) throws SQLException {
        sql.update(
                "INSERT INTO mimic_segment (project, session, number, object, codec, timeline_bytes, dom_bytes, raw_bytes,"
                        + " sha256, first_at, last_at, events, errors, failed_requests, console_errors, rage_clicks)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                project,
                session,
                segment.number(),
                segment.object(),
                segment.codec(),
                segment.timelineBytes(),
                segment.domBytes(),
                segment.rawBytes(),
                segment.sha256(),
                segment.firstAt(),
                segment.lastAt(),
                segment.counts().events(),
                segment.counts().errors(),
                segment.counts().failedRequests(),
                segment.counts().consoleErrors(),
                segment.counts().rageClicks());
    }

    private void insertPages(Sql sql, SegmentRow segment) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (PageRow page : segment.pages()) {
            rows.add(new @Nullable Object[] {
                project,
                session,
                segment.number(),
                rows.size(),
                page.page(),
                page.window(),
                cut(page.url(), ColumnWidth.URL),
                cut(page.title(), ColumnWidth.TITLE),
                page.firstAt(),
                page.lastAt(),
                page.skewMs(),
                page.seqs(),
                page.snapshots().stream().map(String::valueOf).collect(Collectors.joining(" "))
            });
        }
        sql.batch(
                "INSERT INTO mimic_segment_page (project, session, number, place, page, window_id, url, title, first_at,"
                        + " last_at, skew_ms, seqs, snapshots) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private void insertMarkers(Sql sql, long number) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (MarkerRow marker : commit.markers()) {
            rows.add(new @Nullable Object[] {
                project,
                session,
                marker.at(),
                number,
                rows.size(),
                marker.kind(),
                cut(marker.label(), ColumnWidth.LABEL)
            });
        }
        sql.batch(
                "INSERT INTO mimic_marker (project, session, at, number, place, kind, label) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    /** Counts are sums over the segments, so that a session never tells what no segment holds. */
    private void count(Sql sql, Before before, SegmentRow segment) throws SQLException {
        long startedAt = startedAt(before, segment);
        Activity activity = Activity.parse(before.activity(), startedAt);
        commit.activity().forEach(slice -> activity.add(slice[0], slice[1]));
        sql.update(
                "UPDATE mimic_session SET started_at = ?, last_event = ?, urls = ?, activity = ?,"
                        + " (events, errors, failed_requests, console_errors, rage_clicks, bytes) ="
                        + " (SELECT SUM(events), SUM(errors), SUM(failed_requests), SUM(console_errors), SUM(rage_clicks),"
                        + " SUM(timeline_bytes + dom_bytes) FROM mimic_segment g"
                        + " WHERE g.project = mimic_session.project AND g.session = mimic_session.session),"
                        + " (pages, windows) = (SELECT COUNT(DISTINCT page), COUNT(DISTINCT window_id)"
                        + " FROM mimic_segment_page p WHERE p.project = mimic_session.project"
                        + " AND p.session = mimic_session.session AND p.window_id <> ?) WHERE project = ? AND session = ?",
                startedAt,
                Math.max(before.lastEvent(), segment.lastAt()),
                urls(before.urls(), segment),
                activity.column(),
                PageRow.SERVER_WINDOW,
                project,
                session);
        insertStatuses(sql, startedAt);
        insertEventNames(sql, startedAt);
        insertUsers(sql, before.user(), startedAt);
        insertFailures(sql, startedAt);
        if (startedAt != before.startedAt()) {
            move(sql, "mimic_session_status", startedAt);
            move(sql, "mimic_session_event", startedAt);
            move(sql, "mimic_session_identity", startedAt);
            move(sql, "mimic_session_failure", startedAt);
        }
    }

    private static long startedAt(Before before, SegmentRow segment) {
        if (segment.firstAt() <= 0) {
            return before.startedAt();
        }
        return before.lastEvent() == 0 ? segment.firstAt() : Math.min(before.startedAt(), segment.firstAt());
    }

    private String urls(String before, SegmentRow segment) {
        Set<String> urls = new LinkedHashSet<>(before.lines().toList());
        segment.pages().forEach(page -> addUrl(urls, page.url()));
        addUrl(urls, commit.url());
        StringBuilder joined = new StringBuilder();
        for (String url : urls) {
            if (joined.length() + url.length() < ColumnWidth.URLS) {
                joined.append(url).append('\n');
            }
        }
        return joined.toString();
    }

    private static void addUrl(Set<String> urls, @Nullable String url) {
        String cut = cut(url, ColumnWidth.URL);
        if (cut != null) {
            urls.add(cut.replace('\n', ' ').replace('\r', ' '));
        }
    }

    private void insertStatuses(Sql sql, long startedAt) throws SQLException {
        Set<Integer> statuses = new LinkedHashSet<>(commit.statuses());
        commit.statuses().forEach(status -> statuses.add(status / 100));
        List<@Nullable Object[]> rows = new ArrayList<>();
        statuses.forEach(status -> rows.add(new Object[] {project, status, startedAt, session}));
        sql.batch(
                "INSERT INTO mimic_session_status (project, status, started_at, session) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                rows);
    }

    private void insertEventNames(Sql sql, long startedAt) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        commit.eventNames()
                .forEach(name ->
                        rows.add(new @Nullable Object[] {project, cut(name, ColumnWidth.NAME), startedAt, session}));
        sql.batch(
                "INSERT INTO mimic_session_event (project, name, started_at, session) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                rows);
    }

    /** @param before the last one of earlier segments: a node of an older version kept nobody else */
    private void insertUsers(Sql sql, @Nullable String before, long startedAt) throws SQLException {
        Set<@Nullable String> users = new LinkedHashSet<>();
        commit.users().forEach(user -> users.add(cut(user, ColumnWidth.NAME)));
        if (before != null) {
            users.add(before);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        users.forEach(user -> rows.add(new @Nullable Object[] {project, user, startedAt, session}));
        sql.batch(
                "INSERT INTO mimic_session_identity (project, user_id, started_at, session) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                rows);
    }

    private void insertFailures(Sql sql, long startedAt) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        FailureName.of(commit.markers())
                .forEach(failure -> rows.add(new Object[] {project, failure, startedAt, session}));
        sql.batch(
                "INSERT INTO mimic_session_failure (project, failure, started_at, session) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                rows);
    }

    private void move(Sql sql, String table, long startedAt) throws SQLException {
        sql.update(
                "UPDATE " + table + " SET started_at = ? WHERE project = ? AND session = ? AND started_at <> ?",
                startedAt,
                project,
                session,
                startedAt);
    }

    private void tell(Sql sql) throws SQLException {
        sql.update(
                "UPDATE mimic_session SET url = COALESCE(?, url), title = COALESCE(?, title), user_id = COALESCE(?, user_id),"
                        + " traits = COALESCE(?, traits), faulty = CASE WHEN errors > 0 OR failed_requests > 0 THEN 1 ELSE 0 END,"
                        + " seen_at = CASE WHEN seen_at > ? THEN seen_at ELSE ? END WHERE project = ? AND session = ?",
                cut(commit.url(), ColumnWidth.URL),
                cut(commit.title(), ColumnWidth.TITLE),
                cut(commit.user(), ColumnWidth.NAME),
                whole(commit.traits(), ColumnWidth.DOCUMENT),
                commit.seenAt(),
                commit.seenAt(),
                project,
                session);
        if (commit.ended()) {
            sql.update(
                    "UPDATE mimic_session SET ended_seen = ? WHERE project = ? AND session = ? AND ended_seen < ?",
                    commit.seenAt(),
                    project,
                    session,
                    commit.seenAt());
        }
        sql.update(
                "UPDATE mimic_session SET active = CASE WHEN ended_seen >= seen_at THEN 0 ELSE 1 END, ended_at = CASE"
                        + " WHEN last_event = 0 OR (ended_seen < seen_at AND seen_at > last_event) THEN seen_at"
                        + " ELSE last_event END WHERE project = ? AND session = ?",
                project,
                session);
    }

    /** The session's row before this commit. */
    private record Before(
            long startedAt,
            long lastEvent,
            String urls,
            String activity,
            @Nullable String user) {}
}
