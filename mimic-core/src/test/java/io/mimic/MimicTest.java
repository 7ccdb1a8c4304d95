package io.mimic;

import static io.mimic.RunningPipeline.events;
import static io.mimic.RunningPipeline.ingest;
import static io.mimic.RunningPipeline.projectId;
import static io.mimic.RunningPipeline.recording;
import static io.mimic.RunningPipeline.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.mimic.archive.SessionArchive;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.ingest.BatchRejectedException;
import io.mimic.ingest.IngestResult;
import io.mimic.jdbc.PostgresqlServer;
import io.mimic.jdbc.PostgresqlSettings;
import io.mimic.metric.StoreKind;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MimicTest {
    @TempDir
    Path temporary;

    private final SettableClock clock = SettableClock.at("2026-11-24T10:00:00Z");

    @AfterEach
    void noThreadIsLeft() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("mimic-")));
    }

    @Test
    void batchIsRecordedArchivedAndReplayed() throws Exception {
        try (Mimic mimic = start(config())) {
            recording(mimic);
            IngestResult result = ingest(mimic, clock, 0);
            assertThat(result.created()).isTrue();
            await().until(() -> row(mimic, result) != null && row(mimic, result).active());

            clock.advance(Duration.ofSeconds(16));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !row(mimic, result).active());

            assertThat(events(mimic, result)).hasSize(2);
            assertThat(temporary.resolve("data/ROOT/archive")).isDirectory();
        }
    }

    @Test
    void whatIsActiveAndWhatWaitsForTheArchiveIsMeasured() throws Exception {
        try (Mimic mimic =
                Mimic.builder(config()).clock(clock).archive(noArchive()).start()) {
            recording(mimic);
            ingest(mimic, clock, 0);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> mimic.metrics().activeSessions().equals(OptionalLong.of(1)));
            assertThat(mimic.metrics().archiveLagMs()).hasValue(0);

            clock.advance(Duration.ofMinutes(3));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> mimic.metrics().activeSessions().equals(OptionalLong.of(0)));
            assertThat(mimic.metrics().archiveLagMs()).hasValue(165_000);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> mimic.health().losses().storeErrors().get(StoreKind.ARCHIVE) > 0);
            assertThat(mimic.health().losses().storeErrors())
                    .containsEntry(StoreKind.BUFFER, 0L)
                    .containsEntry(StoreKind.CATALOG, 0L);
            assertThat(mimic.health().losses().archiveLagMs()).hasValue(165_000);
            assertThat(mimic.metrics().counters().batches()).isEqualTo(1);
        }
    }

    /** An archive that says that it is well and fails every call. */
    private static SessionArchive noArchive() {
        InvocationHandler failing = (self, method, arguments) -> {
            if (method.getName().equals("health")) {
                return StoreHealth.up(null);
            }
            throw new StoreException("The archive is away.", null);
        };
        return (SessionArchive) Proxy.newProxyInstance(
                SessionArchive.class.getClassLoader(), new Class<?>[] {SessionArchive.class}, failing);
    }

    @Test
    void sessionsOutliveARestart() throws Exception {
        IngestResult result;
        try (Mimic mimic = start(config())) {
            recording(mimic);
            result = ingest(mimic, clock, 0);
        }
        clock.advance(Duration.ofMinutes(1));
        try (Mimic mimic = start(config())) {
            recording(mimic);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            row(mimic, result) != null && !row(mimic, result).active());
            assertThat(row(mimic, result).events()).isEqualTo(2);
        }
    }

    @Test
    void dataDirectoryThatIsHeldIsTakenOnceItIsFree() throws Exception {
        Mimic holder = start(config());
        recording(holder);
        try (Mimic waiting = start(config())) {
            await().until(() -> waiting.health().reason() != null
                    && waiting.health().reason().contains("is held by"));
            assertThat(waiting.health().reason())
                    .contains("process " + ProcessHandle.current().pid());
            assertThat(waiting.health().up()).isFalse();
            assertThatExceptionOfType(BatchRejectedException.class)
                    .isThrownBy(() -> ingest(waiting, clock, 0))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(503));

            holder.close();
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting.health().up());
            assertThat(ingest(waiting, clock, 0).created()).isTrue();
        }
    }

    @Test
    void webappsOfOneDataDirectoryHaveFoldersOfTheirOwn() {
        try (Mimic first = Mimic.builder(config()).context("/shop").start();
                Mimic second = Mimic.builder(config()).context("/admin/tools").start()) {
            recording(first);
            recording(second);
            assertThat(temporary.resolve("data/shop")).isDirectory();
            assertThat(temporary.resolve("data/admin#tools")).isDirectory();
        }
    }

    @Test
    void dataDirectoryThatCannotBeMadeIsToldAndTheHostGoesOn() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "no folder");
        try (Mimic mimic = start(config().with(MimicSetting.DATA_DIR, file.toString()))) {
            await().until(() ->
                    mimic.health().reason() != null && mimic.health().reason().contains("mimic.data-dir"));
            assertThat(mimic.health().reason()).contains(file.toString());
            assertThat(mimic.health().buffer().up()).isFalse();
            assertThat(mimic.projects().own()).isEmpty();
        }
    }

    @Test
    void databaseThatIsDamagedIsToldAndTheHostGoesOn() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("data/ROOT"));
        Files.write(
                folder.resolve("mimic.db"), "this is no database ".repeat(500).getBytes(StandardCharsets.UTF_8));
        try (Mimic mimic = start(config())) {
            await().until(() ->
                    mimic.health().reason() != null && mimic.health().reason().contains("mimic.db"));
            assertThatExceptionOfType(BatchRejectedException.class)
                    .isThrownBy(() -> ingest(mimic, clock, 0))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(503));
        }
    }

    @Test
    void nothingStartsWhenItIsSwitchedOff() {
        try (Mimic mimic = start(config().with(MimicSetting.ENABLED, false))) {
            assertThat(mimic.health().reason()).contains("mimic.enabled");
            assertThat(temporary.resolve("data")).doesNotExist();
        }
    }

    @Test
    void sharedBufferBesideAnEmbeddedCatalogIsRefused() {
        MimicConfig shared = config().with(MimicSetting.BUFFER, MimicSetting.BufferKind.REDIS);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Mimic.start(shared))
                .withMessageContaining("mimic.buffer=redis")
                .withMessageContaining("mimic.catalog=postgresql")
                .withMessageContaining("mimic.single-node=true");
    }

    @Test
    @Tag("servers")
    void postgresqlCarriesBufferAndCatalogOfTwoNodes() throws Exception {
        PostgresqlSettings server = PostgresqlServer.shared().emptySchema("mimic_pipeline");
        MimicConfig shared = config().with(MimicSetting.BUFFER, MimicSetting.BufferKind.POSTGRESQL)
                .with(MimicSetting.CATALOG, MimicSetting.CatalogKind.POSTGRESQL)
                .with(MimicSetting.SINGLE_NODE, true)
                .with(MimicSetting.POSTGRESQL_URL, server.url())
                .with(MimicSetting.POSTGRESQL_SCHEMA, server.schema())
                .with(MimicSetting.SESSION_TIMEOUT, Duration.ofMillis(300))
                .with(MimicSetting.SESSION_GRACE, Duration.ofMillis(100));
        try (Mimic first = Mimic.builder(shared).context("/one").start();
                Mimic second = Mimic.builder(shared).context("/two").start()) {
            recording(first);
            recording(second);
            assertThat(projectId(first)).isEqualTo(projectId(second));

            IngestResult result = ingest(first, clock, 0);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            row(second, result) != null && !row(second, result).active());
            assertThat(row(second, result).events()).isEqualTo(2);
        }
    }

    @Test
    @Tag("servers")
    void redisCarriesTheBufferBesideACatalogInPostgresql() throws Exception {
        PostgresqlSettings server = PostgresqlServer.shared().emptySchema("mimic_redis_pipeline");
        try (RedisProcesses redis = RedisProcesses.none()) {
            MimicConfig shared = config().with(MimicSetting.BUFFER, MimicSetting.BufferKind.REDIS)
                    .with(MimicSetting.CATALOG, MimicSetting.CatalogKind.POSTGRESQL)
                    .with(MimicSetting.SINGLE_NODE, true)
                    .with(MimicSetting.REDIS_NODES, List.of(RedisProcesses.node(redis.server())))
                    .with(MimicSetting.POSTGRESQL_URL, server.url())
                    .with(MimicSetting.POSTGRESQL_SCHEMA, server.schema())
                    .with(MimicSetting.SESSION_TIMEOUT, Duration.ofMillis(300))
                    .with(MimicSetting.SESSION_GRACE, Duration.ofMillis(100));
            try (Mimic mimic = start(shared)) {
                recording(mimic);
                IngestResult result = ingest(mimic, clock, 0);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> row(mimic, result) != null
                                && !row(mimic, result).active());
                assertThat(row(mimic, result).events()).isEqualTo(2);
            }
        }
    }

    @Test
    void serverThatIsAwayIsToldAndTheHostGoesOn() {
        MimicConfig away = config().with(MimicSetting.CATALOG, MimicSetting.CatalogKind.POSTGRESQL)
                .with(MimicSetting.SINGLE_NODE, true)
                .with(MimicSetting.POSTGRESQL_URL, "jdbc:postgresql://127.0.0.1:1/none?password=hidden");
        try (Mimic mimic = start(away)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> mimic.health().reason() != null
                            && mimic.health().reason().contains("127.0.0.1:1"));
            assertThat(mimic.health().reason()).doesNotContain("hidden");
            assertThat(mimic.health().catalog().up()).isFalse();
            assertThat(mimic.health().buffer().up()).isTrue();
        }
    }

    @Test
    void closingTwiceIsHarmlessAndLateCallsAreToldSo() throws Exception {
        Mimic mimic = start(config());
        recording(mimic);
        mimic.close();
        mimic.close();

        assertThatExceptionOfType(BatchRejectedException.class)
                .isThrownBy(() -> ingest(mimic, clock, 0))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(503));
        assertThat(temporary.resolve("data/ROOT/work")).doesNotExist();
    }

    private MimicConfig config() {
        return MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, temporary.resolve("data").toString())
                .with(MimicSetting.PROJECT_PASSWORD, "correct horse");
    }

    private Mimic start(MimicConfig config) {
        return Mimic.builder(config).clock(clock).start();
    }
}
