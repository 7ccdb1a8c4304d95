package io.mimic.catalog.jdbc;

import io.mimic.catalog.LoginRow;
import io.mimic.jdbc.Database;
import java.util.Optional;

/** Logins; each holds as long as its project's password is the one that it began with. */
final class LoginRows {
    private final Database database;

    LoginRows(Database database) {
        this.database = database;
    }

    void insert(LoginRow login) {
        database.write(
                "begin a login",
                sql -> sql.update(
                        "INSERT INTO mimic_login (token_hash, project, password_hash, begun_at, seen_at)"
                                + " SELECT ?, id, password_hash, ?, ? FROM mimic_project WHERE id = ?",
                        login.tokenHash(),
                        login.begunAt(),
                        login.seenAt(),
                        login.project()));
    }

    Optional<LoginRow> find(String tokenHash) {
        return database.read(
                "read a login",
                sql -> sql.first(
                        "SELECT l.project, l.begun_at, l.seen_at FROM mimic_login l JOIN mimic_project p"
                                + " ON p.id = l.project AND p.password_hash = l.password_hash WHERE l.token_hash = ?",
                        row -> new LoginRow(tokenHash, row.getString(1), row.getLong(2), row.getLong(3)),
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
