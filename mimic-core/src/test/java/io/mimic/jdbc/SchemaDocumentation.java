package io.mimic.jdbc;

import java.nio.file.Path;

/** The scripts that teams run themselves, as docs/schema holds them. */
final class SchemaDocumentation {
    private SchemaDocumentation() {}

    static Path file(Schema.Part part, int version) {
        return Path.of("../docs/schema/postgresql", part.word() + "-" + version + ".sql");
    }

    static String script(Schema.Part part, int version) {
        return Schema.VERSIONS + ";\n\n" + Schema.script(Dialect.POSTGRESQL, part, version)
                + "\nINSERT INTO mimic_schema (part, version, oldest) VALUES ('" + part.word() + "', " + version
                + ", 1)\n  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;\n";
    }
}
