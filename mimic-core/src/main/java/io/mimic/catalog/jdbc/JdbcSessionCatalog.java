package io.mimic.catalog.jdbc;

import io.mimic.catalog.AccessCatalog;
import io.mimic.catalog.AssetCatalog;
import io.mimic.catalog.Bucket;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.MarkerRow;
import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SegmentCommit;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.jdbc.ColumnText;
import io.mimic.jdbc.Database;
import io.mimic.store.StoreHealth;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The catalog in a SQL database, which it does not own: closing the catalog leaves the database open. */
public final class JdbcSessionCatalog implements SessionCatalog {
    private static final String ROW = "SELECT " + SessionColumns.of("s") + " FROM mimic_session s WHERE ";
    /** Far longer than any token is valid. */
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(60);

    private final Database database;
    private final Clock clock;
    private final SettingRows settings;
    private final JdbcAccessCatalog access;
    private final SessionWrites sessions;
    private final JdbcAssetCatalog assets;

    /** @param clock dates tombstones */
    public JdbcSessionCatalog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.settings = new SettingRows(database);
        this.access = new JdbcAccessCatalog(database);
        this.sessions = new SessionWrites(database.dialect());
        this.assets = new JdbcAssetCatalog(database, sessions);
    }

    @Override
    public Setting settingOrInsert(String name, Supplier<String> value) {
        return settings.settingOrInsert(name, value);
    }

    @Override
    public void putSetting(String name, String value) {
        settings.putSetting(name, value);
    }

    @Override
    public Optional<String> setting(String name) {
        return settings.setting(name);
    }

    @Override
    public boolean insertProject(ProjectRow project) {
        return settings.insertProject(project);
    }

    @Override
    public Optional<ProjectRow> projectById(String id) {
        return settings.projectById(id);
    }

    @Override
    public Optional<ProjectRow> projectByName(String name) {
        return settings.projectByName(name);
    }

    @Override
    public List<ProjectRow> projects() {
        return settings.projects();
    }

    @Override
    public boolean setFirstPasswordHash(String projectId, String passwordHash) {
        return settings.setFirstPasswordHash(projectId, passwordHash);
    }

    @Override
    public boolean setPasswordHash(String projectId, String passwordHash) {
        return settings.setPasswordHash(projectId, passwordHash);
    }

    @Override
    public boolean setOrigins(String projectId, List<String> origins) {
        return settings.setOrigins(projectId, origins);
    }

    @Override
    public boolean renameProject(String projectId, String name) {
        return settings.renameProject(projectId, name);
    }

    @Override
    public AccessCatalog access() {
        return access;
    }

    @Override
    public AssetCatalog assets() {
        return assets;
    }

    @Override
    public void seen(String project, UUID session, ClientRow client, long startedAt, long seenAt) {
        database.write(
                "list a session", sql -> sessions.seen(sql, project, session.toString(), client, startedAt, seenAt));
    }

    @Override
    public long nextEpoch(String project, UUID session) {
        return database.write("begin a commit", sql -> sessions.nextEpoch(sql, project, session.toString()));
    }

    @Override
    public boolean commit(SegmentCommit commit) {
        return database.write("commit a segment", new CommitStep(sessions, database.dialect(), commit)::run);
    }

    @Override
    public List<String> condemn(String project, UUID session) {
        return database.write(
                "erase a session", sql -> sessions.condemn(sql, project, session.toString(), clock.millis()));
    }

    @Override
    public List<String> erase(String project, UUID session) {
        List<String> objects = database.write("erase a session", sql -> {
            sessions.forgetTombstones(sql, clock.millis() - TOMBSTONES_KEPT.toMillis());
            return sessions.erase(sql, project, session.toString(), clock.millis());
        });
        database.scrub();
        return objects;
    }

    @Override
    public List<SessionRow> olderThan(long before, int limit) {
        return database.read(
                "list old sessions",
                sql -> sql.list(
                        ROW + "s.active = 0 AND s.started_at < ? ORDER BY s.started_at LIMIT ?",
                        SessionColumns::row,
                        before,
                        limit));
    }

    @Override
    public List<SessionRow> quietSince(long before, int limit) {
        return database.read(
                "list quiet sessions",
                sql -> sql.list(
                        ROW + "s.active = 1 AND s.seen_at < ? ORDER BY s.seen_at LIMIT ?",
                        SessionColumns::row,
                        before,
                        limit));
    }

    @Override
    public SessionPage find(SessionQuery query) {
        if (query.limit() < 1 || query.limit() > 200) {
            throw new IllegalArgumentException("\"limit\" is " + query.limit() + "; it must be 1 to 200.");
        }
        return database.read(
                "list sessions",
                sql -> new SessionSearch(sql, SessionFilter.of(sql, database.dialect(), query), query, System::nanoTime)
                        .run());
    }

    /** Also by the session's own column: a node of an older version writes no other. */
    @Override
    public List<UUID> sessionsOf(String project, String user) {
        String kept = ColumnText.cut(user, ColumnWidth.NAME);
        return database.read(
                "list a user's sessions",
                sql -> sql.list(
                        "SELECT session FROM mimic_session_identity WHERE project = ? AND user_id = ?"
                                + " UNION SELECT session FROM mimic_session WHERE project = ? AND user_id = ?",
                        row -> UUID.fromString(row.getString(1)),
                        project,
                        kept,
                        project,
                        kept));
    }

    @Override
    public Optional<SessionRow> session(String project, UUID session) {
        return database.read(
                "read a session",
                sql -> sql.first(
                        ROW + "s.project = ? AND s.session = ?", SessionColumns::row, project, session.toString()));
    }

    @Override
    public List<SegmentRow> segments(String project, UUID session) {
        return database.read(
                "read a session's segments", sql -> SegmentReads.segments(sql, project, session.toString()));
    }

    @Override
    public List<MarkerRow> markers(String project, UUID session) {
        return database.read("read a session's markers", sql -> SegmentReads.markers(sql, project, session.toString()));
    }

    @Override
    public List<Bucket> buckets(String project, long from, long to, int count) {
        if (to <= from || count < 1 || count > 1000) {
            throw new IllegalArgumentException("Buckets need a time from before to, and a count from 1 to 1000.");
        }
        long[][] sums = new long[count][2];
        long width = Math.max(1, (to - from + count - 1) / count);
        database.read(
                "count sessions",
                sql -> sql.list(
                        "SELECT (started_at - ?) / ?, COUNT(*), SUM(faulty) FROM mimic_session"
                                + " WHERE project = ? AND started_at >= ? AND started_at < ? GROUP BY 1",
                        row -> sums[row.getInt(1)] = new long[] {row.getLong(2), row.getLong(3)},
                        from,
                        width,
                        project,
                        from,
                        to));
        List<Bucket> buckets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long begin = Math.min(to, from + i * width);
            buckets.add(new Bucket(begin, Math.min(to, begin + width), sums[i][0], sums[i][1]));
        }
        return buckets;
    }

    @Override
    public long activeSessions(String project) {
        return database.read(
                "count active sessions",
                sql -> sql.number("SELECT COUNT(*) FROM mimic_session WHERE project = ? AND active = 1", project));
    }

    @Override
    public boolean knowsObject(String object) {
        return database.read(
                        "look for an object",
                        sql -> sql.number(
                                "SELECT (SELECT COUNT(*) FROM mimic_segment WHERE object = ?)"
                                        + " + (SELECT COUNT(*) FROM mimic_asset WHERE object = ?)",
                                object,
                                object))
                > 0;
    }

    @Override
    public StoreHealth health() {
        return database.health();
    }

    @Override
    public void close() {}
}
