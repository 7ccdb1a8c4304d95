package io.mimic.catalog.jdbc;

import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog.Setting;
import io.mimic.jdbc.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Settings that all nodes share, and projects. */
final class SettingRows {
    private static final String PROJECT = "SELECT id, name, password_hash, created_at, origins FROM mimic_project";

    private final Database database;

    SettingRows(Database database) {
        this.database = database;
    }

    Setting settingOrInsert(String name, Supplier<String> value) {
        Optional<String> known = setting(name);
        if (known.isPresent()) {
            return new Setting(known.get(), false);
        }
        String made = value.get();
        return database.write("make a setting", sql -> {
            boolean inserted = sql.update(
                            "INSERT INTO mimic_setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", name, made)
                    > 0;
            String kept = sql.first("SELECT value FROM mimic_setting WHERE name = ?", row -> row.getString(1), name)
                    .orElse(made);
            return new Setting(kept, inserted);
        });
    }

    void putSetting(String name, String value) {
        database.write(
                "change a setting",
                sql -> sql.update(
                        "INSERT INTO mimic_setting (name, value) VALUES (?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        name,
                        value));
    }

    Optional<String> setting(String name) {
        return database.read(
                "read a setting",
                sql -> sql.first("SELECT value FROM mimic_setting WHERE name = ?", row -> row.getString(1), name));
    }

    boolean insertProject(ProjectRow project) {
        return database.write(
                "register a project",
                sql -> sql.update(
                                "INSERT INTO mimic_project (id, name, password_hash, created_at, origins)"
                                        + " SELECT ?, ?, ?, ?, ?"
                                        + " WHERE NOT EXISTS (SELECT 1 FROM mimic_removal WHERE project = ?)"
                                        + " ON CONFLICT DO NOTHING",
                                project.id(),
                                project.name(),
                                project.passwordHash(),
                                project.createdAt(),
                                String.join(" ", project.origins()),
                                project.id())
                        > 0);
    }

    Optional<ProjectRow> projectById(String id) {
        return database.read("read a project", sql -> sql.first(PROJECT + " WHERE id = ?", SettingRows::project, id));
    }

    Optional<ProjectRow> projectByName(String name) {
        return database.read(
                "read a project", sql -> sql.first(PROJECT + " WHERE name = ?", SettingRows::project, name));
    }

    List<ProjectRow> projects() {
        return database.read("read projects", sql -> sql.list(PROJECT + " ORDER BY name", SettingRows::project));
    }

    boolean setFirstPasswordHash(String projectId, String passwordHash) {
        return database.write(
                "set a password",
                sql -> sql.update(
                                "UPDATE mimic_project SET password_hash = ? WHERE id = ? AND password_hash = ''",
                                passwordHash,
                                projectId)
                        > 0);
    }

    boolean setPasswordHash(String projectId, String passwordHash) {
        return database.write("change a password", sql -> {
            sql.update("DELETE FROM mimic_login WHERE project = ?", projectId);
            sql.update("DELETE FROM mimic_token WHERE project = ?", projectId);
            return sql.update("UPDATE mimic_project SET password_hash = ? WHERE id = ?", passwordHash, projectId) > 0;
        });
    }

    /** The name is looked for first: a statement that fails would end the transaction. */
    boolean renameProject(String projectId, String name) {
        return database.write(
                "rename a project",
                sql -> sql.update(
                                "UPDATE mimic_project SET name = ? WHERE id = ? AND NOT EXISTS"
                                        + " (SELECT 1 FROM mimic_project WHERE name = ? AND id <> ?)",
                                name,
                                projectId,
                                name,
                                projectId)
                        > 0);
    }

    boolean setOrigins(String projectId, List<String> origins) {
        return database.write(
                "change origins",
                sql -> sql.update(
                                "UPDATE mimic_project SET origins = ? WHERE id = ?",
                                String.join(" ", origins),
                                projectId)
                        > 0);
    }

    private static ProjectRow project(ResultSet row) throws SQLException {
        return new ProjectRow(
                row.getString(1), row.getString(2), row.getString(3), row.getLong(4), origins(row.getString(5)));
    }

    private static List<String> origins(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split(" ", -1));
    }
}
