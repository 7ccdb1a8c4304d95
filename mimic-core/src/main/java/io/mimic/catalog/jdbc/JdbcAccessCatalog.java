package io.mimic.catalog.jdbc;

import io.mimic.catalog.AccessCatalog;
import io.mimic.catalog.AccessQuery;
import io.mimic.catalog.AccessRow;
import io.mimic.catalog.LoginRow;
import io.mimic.catalog.RemovalRow;
import io.mimic.catalog.TokenRow;
import io.mimic.catalog.UsageRow;
import io.mimic.jdbc.Database;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of the catalog that says who may look at what, and who did. */
final class JdbcAccessCatalog implements AccessCatalog {
    private final Database database;
    private final LoginRows logins;
    private final TokenRows tokens;
    private final AccessRows accesses;
    private final ProjectRemovals removals;

    JdbcAccessCatalog(Database database) {
        this.database = database;
        this.logins = new LoginRows(database);
        this.tokens = new TokenRows(database);
        this.accesses = new AccessRows(database);
        this.removals = new ProjectRemovals(database);
    }

    @Override
    public Optional<String> viewerHash(String project) {
        return database.read(
                "read a project",
                sql -> sql.first(
                        "SELECT password_hash FROM mimic_viewer WHERE project = ?", row -> row.getString(1), project));
    }

    @Override
    public boolean setViewerHash(String project, @Nullable String passwordHash) {
        return database.write("change a password", sql -> {
            sql.update("DELETE FROM mimic_login WHERE project = ? AND role = 'viewer'", project);
            sql.update("DELETE FROM mimic_viewer WHERE project = ?", project);
            if (passwordHash == null) {
                return sql.number("SELECT COUNT(*) FROM mimic_project WHERE id = ?", project) > 0;
            }
            return sql.update(
                            "INSERT INTO mimic_viewer (project, password_hash) SELECT id, ? FROM mimic_project WHERE id = ?",
                            passwordHash,
                            project)
                    > 0;
        });
    }

    @Override
    public boolean insertLogin(LoginRow login, String passwordHash) {
        return logins.insert(login, passwordHash);
    }

    @Override
    public Optional<LoginRow> login(String tokenHash) {
        return logins.find(tokenHash);
    }

    @Override
    public void seenLogin(String tokenHash, long seenAt) {
        logins.seen(tokenHash, seenAt);
    }

    @Override
    public void removeLogin(String tokenHash) {
        logins.remove(tokenHash);
    }

    @Override
    public void removeLoginsUnseenSince(long before) {
        logins.removeUnseenSince(before);
    }

    @Override
    public boolean insertToken(TokenRow token, int most) {
        return tokens.insert(token, most);
    }

    @Override
    public Optional<TokenRow> tokenByHash(String tokenHash) {
        return tokens.find(tokenHash);
    }

    @Override
    public List<TokenRow> tokens(String project) {
        return tokens.list(project);
    }

    @Override
    public void usedToken(String id, long usedAt) {
        tokens.used(id, usedAt);
    }

    @Override
    public boolean removeToken(String project, String id) {
        return tokens.remove(project, id);
    }

    @Override
    public void insertAccess(AccessRow row) {
        accesses.insert(row);
    }

    @Override
    public void setAccessOutcome(String id, String outcome) {
        accesses.setOutcome(id, outcome);
    }

    @Override
    public List<AccessRow> accesses(AccessQuery query) {
        return accesses.list(query);
    }

    @Override
    public void removeAccessesBefore(long before) {
        accesses.removeBefore(before);
    }

    @Override
    public boolean beginRemoval(RemovalRow removal) {
        return removals.begin(removal);
    }

    @Override
    public List<RemovalRow> removals() {
        return removals.list();
    }

    @Override
    public void removalDone(String project) {
        removals.done(project);
    }

    @Override
    public UsageRow usage(String project) {
        return database.read(
                "sum up a project",
                sql -> sql.first(
                                "SELECT COUNT(*), COALESCE(SUM(active), 0), COALESCE(SUM(bytes), 0),"
                                        + " COALESCE(MIN(started_at), 0), COALESCE(MAX(started_at), 0)"
                                        + " FROM mimic_session WHERE project = ?",
                                row -> new UsageRow(
                                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                                project)
                        .orElseThrow());
    }
}
