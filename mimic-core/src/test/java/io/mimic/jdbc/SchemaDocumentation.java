package io.mimic.jdbc;

import java.nio.file.Path;

/** The scripts that teams run themselves, as docs/schema holds them. */
final class SchemaDocumentation {
    private SchemaDocumentation() {}

    static Path file(Schema.Part part) {
        return Path.of("../docs/schema/postgresql", part.word() + "-" + part.version() + ".sql");
    }

    static String script(Schema.Part part) {
        return Schema.VERSIONS + ";\n\n" + Schema.script(Dialect.POSTGRESQL, part, part.version())
                + "\nINSERT INTO mimic_schema (part, version, oldest) VALUES ('" + part.word() + "', " + part.version()
                + ", 1)\n  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;\n";
    }
}
