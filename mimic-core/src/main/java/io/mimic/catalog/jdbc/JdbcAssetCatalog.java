package io.mimic.catalog.jdbc;

import io.mimic.catalog.AssetCatalog;
import io.mimic.catalog.AssetRow;
import io.mimic.catalog.SessionAsset;
import io.mimic.jdbc.Database;
import io.mimic.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The part of the catalog that says which assets a session shows. Whoever adds a reference or takes the last one away holds the asset's row: an asset
 * is never removed between the look and the reference.
 */
final class JdbcAssetCatalog implements AssetCatalog {
    private static final String COLUMNS = "SELECT a.sha256, a.object, a.type, a.bytes";

    private final Database database;
    private final SessionWrites sessions;

    JdbcAssetCatalog(Database database, SessionWrites sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    @Override
    public Optional<AssetRow> keep(String project, UUID session, String url, AssetRow asset, long storedAt) {
        return database.write("keep an asset", sql -> {
            if (!open(sql, project, session)) {
                return Optional.<AssetRow>empty();
            }
            Optional<AssetRow> shown = shown(sql, project, session, url);
            if (shown.isPresent()) {
                return shown;
            }
            sql.update(
                    "INSERT INTO mimic_asset (project, sha256, object, type, bytes, stored_at) VALUES (?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (project, sha256) DO NOTHING",
                    project,
                    asset.sha256(),
                    asset.object(),
                    asset.type(),
                    asset.bytes(),
                    storedAt);
            Optional<AssetRow> held = held(sql, project, asset.sha256());
            if (held.isPresent()) {
                insert(sql, project, session, url, asset.sha256());
            }
            return held;
        });
    }

    @Override
    public boolean refer(String project, UUID session, String url, String sha256) {
        return database.write("note an asset", sql -> {
            if (!open(sql, project, session) || held(sql, project, sha256).isEmpty()) {
                return false;
            }
            insert(sql, project, session, url, sha256);
            return true;
        });
    }

    @Override
    public List<SessionAsset> list(String project, UUID session) {
        return database.read(
                "list a session's assets",
                sql -> sql.list(
                        COLUMNS + ", s.url FROM mimic_session_asset s JOIN mimic_asset a ON a.project = s.project"
                                + " AND a.sha256 = s.sha256 WHERE s.project = ? AND s.session = ? ORDER BY s.url",
                        row -> new SessionAsset(row.getString(5), asset(row)),
                        project,
                        session.toString()));
    }

    @Override
    public Optional<AssetRow> find(String project, UUID session, String sha256) {
        return database.read(
                "look for an asset",
                sql -> sql.first(
                        COLUMNS + " FROM mimic_session_asset s JOIN mimic_asset a ON a.project = s.project"
                                + " AND a.sha256 = s.sha256 WHERE s.project = ? AND s.session = ? AND s.sha256 = ?",
                        JdbcAssetCatalog::asset,
                        project,
                        session.toString(),
                        sha256));
    }

    /**
     * Takes away what an erased session refers to, within the transaction that erases it.
     *
     * @return names of the objects that no session refers to any more
     */
    static List<String> erase(Sql sql, String forUpdate, String project, String session) throws SQLException {
        List<AssetRow> referred = sql.list(
                COLUMNS
                        + " FROM mimic_asset a WHERE a.project = ? AND a.sha256 IN (SELECT sha256 FROM mimic_session_asset"
                        + " WHERE project = ? AND session = ?) ORDER BY a.sha256" + forUpdate,
                JdbcAssetCatalog::asset,
                project,
                project,
                session);
        sql.update("DELETE FROM mimic_session_asset WHERE project = ? AND session = ?", project, session);
        List<String> objects = new ArrayList<>();
        for (AssetRow asset : referred) {
            int removed = sql.update(
                    "DELETE FROM mimic_asset WHERE project = ? AND sha256 = ? AND NOT EXISTS (SELECT 1 FROM"
                            + " mimic_session_asset s WHERE s.project = mimic_asset.project AND s.sha256 = mimic_asset.sha256)",
                    project,
                    asset.sha256());
            if (removed > 0) {
                objects.add(asset.object());
            }
        }
        return objects;
    }

    private boolean open(Sql sql, String project, UUID session) throws SQLException {
        return sessions.guard(sql, project, session.toString())
                .map(guard -> !guard.erased())
                .orElse(false);
    }

    private static Optional<AssetRow> shown(Sql sql, String project, UUID session, String url) throws SQLException {
        return sql.first(
                COLUMNS + " FROM mimic_session_asset s JOIN mimic_asset a ON a.project = s.project"
                        + " AND a.sha256 = s.sha256 WHERE s.project = ? AND s.session = ? AND s.url = ?",
                JdbcAssetCatalog::asset,
                project,
                session.toString(),
                url);
    }

    private Optional<AssetRow> held(Sql sql, String project, String sha256) throws SQLException {
        return sql.first(
                COLUMNS + " FROM mimic_asset a WHERE a.project = ? AND a.sha256 = ?"
                        + database.dialect().forUpdate(),
                JdbcAssetCatalog::asset,
                project,
                sha256);
    }

    private static void insert(Sql sql, String project, UUID session, String url, String sha256) throws SQLException {
        sql.update(
                "INSERT INTO mimic_session_asset (project, session, url, sha256) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (project, session, url) DO NOTHING",
                project,
                session.toString(),
                url,
                sha256);
    }

    private static AssetRow asset(ResultSet row) throws SQLException {
        return new AssetRow(row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
    }
}
