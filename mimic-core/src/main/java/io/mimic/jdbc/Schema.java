package io.mimic.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * MIMIC's tables: numbered scripts, and one row a part that says which were run. A script may only add, so that a node of the version before
 * can go on beside a newer one; one that cannot says so by raising {@code oldest} in the row.
 */
final class Schema {
    static final String VERSIONS = "CREATE TABLE IF NOT EXISTS mimic_schema ("
            + "part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL)";

    private Schema() {}

    /** Tables that belong to one store. */
    enum Part {
        BUFFER(1),
        CATALOG(7);

        private final int version;

        Part(int version) {
            this.version = version;
        }

        int version() {
            return version;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Runs the scripts that are missing. Within one transaction, under the lock of whoever calls. */
    static boolean migrate(Dialect dialect, Part part, Sql sql) throws SQLException {
        sql.update(VERSIONS);
        int found = checked(part, sql).orElse(0);
        for (int version = found + 1; version <= part.version(); version++) {
            sql.script(script(dialect, part, version));
        }
        if (found < part.version()) {
            sql.update("DELETE FROM mimic_schema WHERE part = ?", part.word());
            sql.update(
                    "INSERT INTO mimic_schema (part, version, oldest) VALUES (?, ?, ?)",
                    part.word(),
                    part.version(),
                    1);
        }
        return found < part.version();
    }

    /** @return the version that is there; empty when the part's tables are missing */
    static Optional<Integer> checked(Part part, Sql sql) throws SQLException {
        Optional<int[]> row = sql.first(
                "SELECT version, oldest FROM mimic_schema WHERE part = ?",
                r -> new int[] {r.getInt(1), r.getInt(2)},
                part.word());
        if (row.isPresent() && row.get()[1] > part.version()) {
            throw new SQLException("its " + part.word() + " tables (version " + row.get()[0]
                    + ") were made by a newer MIMIC that needs at least version " + row.get()[1] + "; this one knows "
                    + part.version() + ". Upgrade this node.");
        }
        return row.map(found -> found[0]);
    }

    static String script(Dialect dialect, Part part, int version) {
        String name = dialect.folder() + "/" + part.word() + "-" + version + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream("schema/" + name)) {
            if (in == null) {
                throw new IllegalStateException("MIMIC's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
