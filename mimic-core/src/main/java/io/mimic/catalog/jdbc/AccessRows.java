package io.mimic.catalog.jdbc;

import io.mimic.catalog.AccessQuery;
import io.mimic.catalog.AccessRow;
import io.mimic.jdbc.ColumnText;
import io.mimic.jdbc.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The access log. */
final class AccessRows {
    private final Database database;

    AccessRows(Database database) {
        this.database = database;
    }

    void insert(AccessRow row) {
        database.write(
                "write the access log",
                sql -> sql.update(
                        "INSERT INTO mimic_access (id, project, at, kind, actor, address, action, target, outcome)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row.id(),
                        row.project(),
                        row.at(),
                        row.kind(),
                        ColumnText.cut(row.actor(), ColumnWidth.NAME),
                        ColumnText.cut(row.address(), ColumnWidth.NAME),
                        row.action(),
                        ColumnText.cut(row.target(), ColumnWidth.NAME),
                        ColumnText.cut(row.outcome(), ColumnWidth.TITLE)));
    }

    void setOutcome(String id, String outcome) {
        database.write(
                "write the access log",
                sql -> sql.update(
                        "UPDATE mimic_access SET outcome = ? WHERE id = ?",
                        ColumnText.cut(outcome, ColumnWidth.TITLE),
                        id));
    }

    List<AccessRow> list(AccessQuery query) {
        Condition where = new Condition()
                .and("project = ?", query.project())
                .and("(at < ? OR (at = ? AND id < ?))", query.beforeAt(), query.beforeAt(), query.beforeId());
        if (query.action() != null) {
            where.and("action = ?", query.action());
        }
        if (query.target() != null) {
            where.and("target = ?", query.target());
        }
        return database.read(
                "read the access log",
                sql -> sql.list(
                        "SELECT id, project, at, kind, actor, address, action, target, outcome FROM mimic_access WHERE "
                                + where.text() + " ORDER BY at DESC, id DESC LIMIT ?",
                        AccessRows::row,
                        where.values(query.limit())));
    }

    void removeBefore(long before) {
        database.write(
                "forget old lines of the access log",
                sql -> sql.update("DELETE FROM mimic_access WHERE at < ?", before));
    }

    private static AccessRow row(ResultSet row) throws SQLException {
        return new AccessRow(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }
}
