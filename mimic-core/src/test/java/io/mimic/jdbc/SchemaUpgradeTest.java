package io.mimic.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.SettableClock;
import io.mimic.archive.ArchiveSettings;
import io.mimic.archive.ArchiveStores;
import io.mimic.archive.Archiver;
import io.mimic.archive.MemoryArchive;
import io.mimic.archive.SegmentCodec;
import io.mimic.archive.SessionEraser;
import io.mimic.archive.TestChunk;
import io.mimic.archive.WorkFolder;
import io.mimic.buffer.Append;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.jdbc.JdbcSessionBuffer;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.metric.Counters;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That an upgrade keeps what is there, and an older node can go on beside a newer one. */
class SchemaUpgradeTest {
    private static final String SCHEMA = "mimic_upgrade";
    private static final String PROJECT = "shop";
    private static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));

    @TempDir
    Path folder;

    /** What an older node does not know of must neither be asked for by a newer one nor stand in its way. */
    @Test
    void scriptsAfterTheFirstOnlyAdd() {
        for (Schema.Part part : Schema.Part.values()) {
            for (int version = 2; version <= part.version(); version++) {
                for (String statement : statements(Schema.script(Dialect.POSTGRESQL, part, version))) {
                    assertThat(statement)
                            .as(part + " " + version)
                            .matches(
                                    "(?s)CREATE TABLE IF NOT EXISTS .*|CREATE INDEX IF NOT EXISTS .*"
                                            + "|INSERT INTO .*ON CONFLICT DO NOTHING"
                                            + "|ALTER TABLE \\w+ ADD COLUMN IF NOT EXISTS \\w+ (TEXT COLLATE \"C\"|BIGINT)( NOT NULL DEFAULT \\S+)?");
                }
            }
        }
    }

    private static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        for (String statement : script.replaceAll("(?m)^--.*$", "").split(";\\s*", -1)) {
            if (!statement.isBlank()) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }

    @Test
    @Tag("servers")
    void rowsOfTheFirstSchemaStay() throws Exception {
        PostgresqlServer server = PostgresqlServer.shared();
        PostgresqlSettings settings = server.emptySchema(SCHEMA);
        UUID session = UUID.fromString("01900000-0000-7000-8000-000000000001");
        server.execute("CREATE SCHEMA " + SCHEMA + "; SET search_path = " + SCHEMA + ";\n" + Schema.VERSIONS + ";\n"
                + Schema.script(Dialect.POSTGRESQL, Schema.Part.BUFFER, 1)
                + Schema.script(Dialect.POSTGRESQL, Schema.Part.CATALOG, 1)
                + "INSERT INTO mimic_schema (part, version, oldest) VALUES ('buffer', 1, 1), ('catalog', 1, 1);\n"
                + "INSERT INTO mimic_project (id, name, password_hash, created_at) VALUES ('shop', 'Shop', 'hash', 5);\n"
                + "INSERT INTO mimic_session (project, session, active, faulty, started_at, ended_at, seen_at, ended_seen, last_event,"
                + " urls, pages, windows, events, errors, failed_requests, console_errors, rage_clicks, bytes, activity, user_id)"
                + " VALUES ('shop', '" + session
                + "', 0, 1, 1000, 2000, 2000, 2000, 2000, '/', 1, 1, 9, 1, 0, 0, 0, 77, '', 'ann')");

        try (PostgresqlDatabase database = PostgresqlDatabase.open(settings)) {
            SessionCatalog catalog = new JdbcSessionCatalog(database, Clock.systemUTC());
            assertThat(catalog.session(PROJECT, session))
                    .get()
                    .satisfies(row -> assertThat(row.events()).isEqualTo(9))
                    .satisfies(row -> assertThat(row.user()).isEqualTo("ann"));
            assertThat(catalog.projectById(PROJECT))
                    .get()
                    .extracting(ProjectRow::name)
                    .isEqualTo("Shop");
            assertThat(catalog.find(all()).items()).extracting(SessionRow::id).containsExactly(session);
            assertThat(catalog.find(all().of("ann")).items())
                    .extracting(SessionRow::id)
                    .containsExactly(session);

            server.execute("UPDATE " + SCHEMA + ".mimic_session SET user_id = 'bob'"); // as an older node does
            assertThat(catalog.sessionsOf(PROJECT, "bob")).containsExactly(session);
        }
    }

    @Test
    @Tag("servers")
    void olderNodeGoesOnAfterANewerOneHasAddedToEveryTable() throws Exception {
        PostgresqlServer server = PostgresqlServer.shared();
        PostgresqlSettings settings = server.emptySchema(SCHEMA);
        AtomicLong shift = new AtomicLong();
        try (PostgresqlDatabase running = PostgresqlDatabase.open(settings, shift::get)) {
            UUID before = begun(running);
            server.execute("""
                    SET search_path = SCHEMA;
                    DO $$
                    DECLARE t text;
                    BEGIN
                      FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'SCHEMA' AND tablename LIKE 'mimic_%' LOOP
                        EXECUTE format('ALTER TABLE %I ADD COLUMN of_the_newer TEXT NOT NULL DEFAULT ''x''', t);
                      END LOOP;
                    END $$;
                    CREATE TABLE mimic_of_the_newer (id TEXT PRIMARY KEY);
                    UPDATE mimic_schema SET version = version + 1;
                    """.replace("SCHEMA", SCHEMA));
            UUID after = begun(running);
            shift.addAndGet(Duration.ofSeconds(16).toMillis());
            archivedListedAndErased(running, before, after);
            try (PostgresqlDatabase restarted = PostgresqlDatabase.open(settings, shift::get)) {
                UUID last = begun(restarted);
                shift.addAndGet(Duration.ofSeconds(16).toMillis());
                archivedListedAndErased(restarted, last);
            }
        }
    }

    private static UUID begun(Database database) {
        return new JdbcSessionBuffer(database, BOUNDS)
                .append(new Append(
                        PROJECT,
                        TestChunk.of(Chunks.page(), 0)
                                .mutation(1_000, "x")
                                .user("ann")
                                .build(),
                        null,
                        Chunks.freshId(),
                        null))
                .session();
    }

    private void archivedListedAndErased(Database database, UUID... sessions) {
        SettableClock clock = new SettableClock(System.currentTimeMillis());
        SessionCatalog catalog = new JdbcSessionCatalog(database, clock);
        SessionBuffer buffer = new JdbcSessionBuffer(database, BOUNDS);
        MemoryArchive archive = new MemoryArchive(clock);
        ArchiveStores stores = new ArchiveStores(buffer, archive, catalog, client -> NO_CLIENT);
        try (Archiver archiver = new Archiver(
                stores,
                new ArchiveSettings(SegmentCodec.XZ, new WorkFolder(folder.resolve("work")), BOUNDS.lease()),
                new Counters(),
                clock)) {
            assertThat(archiver.archiveWaiting()).isEqualTo(sessions.length);
        }
        assertThat(catalog.find(all()).items()).extracting(SessionRow::id).containsExactlyInAnyOrder(sessions);
        assertThat(archive.objects).hasSize(sessions.length);
        assertThat(new SessionEraser(stores).eraseUser(PROJECT, "ann").erased()).containsExactlyInAnyOrder(sessions);
        assertThat(archive.objects).isEmpty();
        assertThat(catalog.find(all()).items()).isEmpty();
    }

    private static SessionQuery all() {
        return SessionQuery.newest(PROJECT, 50);
    }

    private static final ClientRow NO_CLIENT =
            new ClientRow(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}
