package io.mimic.catalog.jdbc;

import io.mimic.catalog.RemovalRow;
import io.mimic.jdbc.Database;
import java.util.List;

/** Projects that were ended and whose sessions are being erased. */
final class ProjectRemovals {
    private final Database database;

    ProjectRemovals(Database database) {
        this.database = database;
    }

    boolean begin(RemovalRow removal) {
        return database.write("end a project", sql -> {
            boolean there = sql.update("DELETE FROM mimic_project WHERE id = ?", removal.project()) > 0;
            if (there) {
                for (String table : List.of("mimic_viewer", "mimic_login", "mimic_token")) {
                    sql.update("DELETE FROM " + table + " WHERE project = ?", removal.project());
                }
                sql.update(
                        "INSERT INTO mimic_removal (project, name, begun_at) VALUES (?, ?, ?)",
                        removal.project(),
                        removal.name(),
                        removal.begunAt());
            }
            return there;
        });
    }

    List<RemovalRow> list() {
        return database.read(
                "list projects that are going",
                sql -> sql.list(
                        "SELECT project, name, begun_at FROM mimic_removal ORDER BY begun_at, project",
                        row -> new RemovalRow(row.getString(1), row.getString(2), row.getLong(3))));
    }

    void done(String project) {
        database.write("forget a project", sql -> {
            sql.update("DELETE FROM mimic_access WHERE project = ?", project);
            return sql.update("DELETE FROM mimic_removal WHERE project = ?", project);
        });
        database.scrub();
    }
}
