package io.mimic.catalog.jdbc;

import io.mimic.catalog.ClientRow;
import io.mimic.jdbc.Dialect;
import io.mimic.jdbc.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of sessions, their epochs and tombstones; each method within one transaction. */
final class SessionWrites {
    private static final String FILLED = SessionColumns.CLIENT.stream()
            .map(column -> column + " = COALESCE(mimic_session." + column + ", excluded." + column + ")")
            .collect(Collectors.joining(", "));
    private static final String INSERT =
            "INSERT INTO mimic_session (project, session, active, faulty, started_at, ended_at,"
                    + " seen_at, ended_seen, last_event, urls, url, pages, windows, events, errors, failed_requests,"
                    + " console_errors, rage_clicks, bytes, activity, " + String.join(", ", SessionColumns.CLIENT)
                    + ") VALUES (?, ?, ?, 0, ?, ?, ?, 0, 0, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '', "
                    + SessionColumns.CLIENT.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")"
                    + " ON CONFLICT (project, session) DO UPDATE SET " + FILLED
                    + ", url = COALESCE(mimic_session.url, excluded.url)";

    private final Dialect dialect;

    SessionWrites(Dialect dialect) {
        this.dialect = dialect;
    }

    boolean seen(Sql sql, String project, String session, ClientRow client, long startedAt, long seenAt)
            throws SQLException {
        if (guard(sql, project, session).map(Guard::erased).orElse(false)) {
            return false;
        }
        insertOrFill(sql, project, session, client, startedAt, seenAt);
        sql.update(
                "UPDATE mimic_session SET seen_at = ?, active = CASE WHEN ended_seen >= ? THEN active ELSE 1 END,"
                        + " ended_at = CASE WHEN ended_seen >= ? OR ended_at > ? THEN ended_at ELSE ? END"
                        + " WHERE project = ? AND session = ? AND seen_at <= ?",
                seenAt,
                seenAt,
                seenAt,
                seenAt,
                seenAt,
                project,
                session,
                seenAt);
        return true;
    }

    void insertOrFill(Sql sql, String project, String session, ClientRow client, long startedAt, long seenAt)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        List<@Nullable Object> columns = SessionColumns.client(client);
        @Nullable Object landing = columns.get(0);
        values.add(project);
        values.add(session);
        values.add(1);
        values.add(startedAt);
        values.add(Math.max(startedAt, seenAt));
        values.add(seenAt);
        values.add(landing == null ? "" : landing);
        values.add(landing);
        values.addAll(columns);
        sql.update(INSERT, values.toArray());
    }

    /** @return the new epoch; 0, which no commit passes with, when the session was erased */
    long nextEpoch(Sql sql, String project, String session) throws SQLException {
        sql.update(
                "INSERT INTO mimic_epoch (project, session, epoch, erased_at) VALUES (?, ?, 1, NULL)"
                        + " ON CONFLICT (project, session) DO UPDATE SET epoch = mimic_epoch.epoch + 1",
                project,
                session);
        Guard guard = guard(sql, project, session).orElseThrow();
        return guard.erased() ? 0 : guard.epoch();
    }

    /** Takes the session's guard for this transaction. */
    Optional<Guard> guard(Sql sql, String project, String session) throws SQLException {
        return sql.first(
                "SELECT epoch, erased_at FROM mimic_epoch WHERE project = ? AND session = ?" + dialect.forUpdate(),
                row -> new Guard(row.getLong(1), row.getObject(2) != null),
                project,
                session);
    }

    /** @return names of the session's objects */
    List<String> condemn(Sql sql, String project, String session, long now) throws SQLException {
        sql.update(
                "INSERT INTO mimic_epoch (project, session, epoch, erased_at) VALUES (?, ?, 1, ?)"
                        + " ON CONFLICT (project, session) DO UPDATE SET erased_at = excluded.erased_at",
                project,
                session,
                now);
        return sql.list(
                "SELECT object FROM mimic_segment WHERE project = ? AND session = ?",
                row -> row.getString(1),
                project,
                session);
    }

    List<String> erase(Sql sql, String project, String session, long now) throws SQLException {
        List<String> objects = new ArrayList<>(condemn(sql, project, session, now));
        objects.addAll(JdbcAssetCatalog.erase(sql, dialect.forUpdate(), project, session));
        for (String table : List.of(
                "mimic_marker",
                "mimic_segment_page",
                "mimic_segment",
                "mimic_session_event",
                "mimic_session_failure",
                "mimic_session_status",
                "mimic_session_identity",
                "mimic_session")) {
            sql.update("DELETE FROM " + table + " WHERE project = ? AND session = ?", project, session);
        }
        return objects;
    }

    int forgetTombstones(Sql sql, long before) throws SQLException {
        return sql.update("DELETE FROM mimic_epoch WHERE erased_at IS NOT NULL AND erased_at < ?", before);
    }

    /** @param epoch the newest attempt to commit */
    record Guard(long epoch, boolean erased) {}
}
