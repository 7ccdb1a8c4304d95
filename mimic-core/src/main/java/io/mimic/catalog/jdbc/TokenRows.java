package io.mimic.catalog.jdbc;

import io.mimic.catalog.TokenRow;
import io.mimic.jdbc.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tokens of scripts. */
final class TokenRows {
    private static final String TOKEN =
            "SELECT id, token_hash, project, name, rights, made_by, made_at, ends_at, used_at FROM mimic_token";

    private final Database database;

    TokenRows(Database database) {
        this.database = database;
    }

    boolean insert(TokenRow token, int most) {
        return database.write(
                "keep a token",
                sql -> sql.update(
                                "INSERT INTO mimic_token (id, token_hash, project, name, rights, made_by, made_at, ends_at,"
                                        + " used_at) SELECT ?, ?, id, ?, ?, ?, ?, ?, 0 FROM mimic_project WHERE id = ?"
                                        + " AND (SELECT COUNT(*) FROM mimic_token WHERE project = ?) < ?",
                                token.id(),
                                token.tokenHash(),
                                token.name(),
                                token.rights(),
                                token.madeBy(),
                                token.madeAt(),
                                token.endsAt(),
                                token.project(),
                                token.project(),
                                most)
                        > 0);
    }

    Optional<TokenRow> find(String tokenHash) {
        return database.read(
                "read a token", sql -> sql.first(TOKEN + " WHERE token_hash = ?", TokenRows::token, tokenHash));
    }

    List<TokenRow> list(String project) {
        return database.read(
                "list tokens",
                sql -> sql.list(
                        TOKEN + " WHERE project = ? ORDER BY made_at DESC, id DESC", TokenRows::token, project));
    }

    void used(String id, long usedAt) {
        database.write(
                "note a token's use",
                sql -> sql.update(
                        "UPDATE mimic_token SET used_at = ? WHERE id = ? AND used_at < ?", usedAt, id, usedAt));
    }

    boolean remove(String project, String id) {
        return database.write(
                "revoke a token",
                sql -> sql.update("DELETE FROM mimic_token WHERE project = ? AND id = ?", project, id) > 0);
    }

    private static TokenRow token(ResultSet row) throws SQLException {
        return new TokenRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9));
    }
}
