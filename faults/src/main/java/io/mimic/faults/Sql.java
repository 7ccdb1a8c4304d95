package io.mimic.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** Looks straight into the stage's PostgreSQL. */
final class Sql {
    private Sql() {}

    static Set<String> texts(Stage stage, String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(stage.postgresql().url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Set<String> texts = new TreeSet<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    static void execute(Stage stage, String command) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(stage.postgresql().url());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    static long number(Stage stage, String query) throws SQLException {
        return Long.parseLong(texts(stage, query).iterator().next());
    }
}
