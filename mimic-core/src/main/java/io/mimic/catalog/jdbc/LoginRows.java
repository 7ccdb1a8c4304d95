package io.mimic.catalog.jdbc;

import io.mimic.catalog.LoginRow;
import io.mimic.jdbc.Database;
import java.util.Optional;

/** Logins; each holds as long as the password that it began with is its project's. */
final class LoginRows {
    private static final String VIEWER = "viewer";
    private static final String ADMIN = "admin";

    private final Database database;

    LoginRows(Database database) {
        this.database = database;
    }

    boolean insert(LoginRow login, String passwordHash) {
        String password = login.viewer()
                ? "SELECT ?, project, password_hash, ?, ?, ? FROM mimic_viewer WHERE project = ? AND password_hash = ?"
                : "SELECT ?, id, password_hash, ?, ?, ? FROM mimic_project WHERE id = ? AND password_hash = ?";
        return database.write(
                "begin a login",
                sql -> sql.update(
                                "INSERT INTO mimic_login (token_hash, project, password_hash, role, begun_at, seen_at) "
                                        + password,
                                login.tokenHash(),
                                login.viewer() ? VIEWER : ADMIN,
                                login.begunAt(),
                                login.seenAt(),
                                login.project(),
                                passwordHash)
                        > 0);
    }

    Optional<LoginRow> find(String tokenHash) {
        return database.read(
                "read a login",
                sql -> sql.first(
                        "SELECT l.project, l.role, l.begun_at, l.seen_at FROM mimic_login l JOIN mimic_project p"
                                + " ON p.id = l.project LEFT JOIN mimic_viewer v ON v.project = l.project"
                                + " WHERE l.token_hash = ? AND l.password_hash ="
                                + " CASE WHEN l.role = 'viewer' THEN v.password_hash ELSE p.password_hash END",
                        row -> new LoginRow(
                                tokenHash,
                                row.getString(1),
                                VIEWER.equals(row.getString(2)),
                                row.getLong(3),
                                row.getLong(4)),
                        tokenHash));
    }

    void seen(String tokenHash, long seenAt) {
        database.write(
                "go on with a login",
                sql -> sql.update(
                        "UPDATE mimic_login SET seen_at = ? WHERE token_hash = ? AND seen_at < ?",
                        seenAt,
                        tokenHash,
                        seenAt));
    }

    void remove(String tokenHash) {
        database.write("end a login", sql -> sql.update("DELETE FROM mimic_login WHERE token_hash = ?", tokenHash));
    }

    void removeUnseenSince(long before) {
        database.write("forget old logins", sql -> sql.update("DELETE FROM mimic_login WHERE seen_at < ?", before));
    }
}
