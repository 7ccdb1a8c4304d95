package io.mimic;

import static io.mimic.RunningPipeline.events;
import static io.mimic.RunningPipeline.ingest;
import static io.mimic.RunningPipeline.projectId;
import static io.mimic.RunningPipeline.recording;
import static io.mimic.RunningPipeline.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.archive.SessionArchive;
import io.mimic.archive.s3.CuttingProxy;
import io.mimic.archive.s3.S3Server;
import io.mimic.archive.s3.S3SessionArchive;
import io.mimic.ingest.IngestResult;
import io.mimic.jdbc.PostgresqlServer;
import io.mimic.jdbc.PostgresqlSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline with its archive in S3, chosen by settings. */
@Tag("servers")
class S3PipelineTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static S3Server server;

    @TempDir
    Path temporary;

    private final SettableClock clock = SettableClock.at("2026-11-24T10:00:00Z");

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    void sessionIsArchivedReadBackAndErasedByAnyNode() throws Exception {
        PostgresqlSettings database = PostgresqlServer.shared().emptySchema("mimic_s3_pipeline");
        MimicConfig shared = config(server.endpoint())
                .with(MimicSetting.SINGLE_NODE, false)
                .with(MimicSetting.BUFFER, MimicSetting.BufferKind.POSTGRESQL)
                .with(MimicSetting.CATALOG, MimicSetting.CatalogKind.POSTGRESQL)
                .with(MimicSetting.POSTGRESQL_URL, database.url())
                .with(MimicSetting.POSTGRESQL_SCHEMA, database.schema())
                .with(MimicSetting.SESSION_TIMEOUT, Duration.ofMillis(300))
                .with(MimicSetting.SESSION_GRACE, Duration.ofMillis(100));
        try (Mimic first = Mimic.builder(shared).context("/one").start();
                Mimic second = Mimic.builder(shared).context("/two").start()) {
            recording(first);
            recording(second);
            IngestResult result = ingest(first, clock, 0);
            awaitArchived(second, result);

            assertThat(objects(shared)).hasSize(1);
            assertThat(events(first, result)).hasSize(2);
            assertThat(events(second, result)).hasSize(2);
            second.sessions().erase(projectId(second), result.session());
            assertThat(objects(shared)).isEmpty();
            assertThat(row(first, result)).isNull();
            assertThat(temporary.resolve("data")).doesNotExist();
        }
    }

    @Test
    void recordingBeginsWithoutS3AndArchivesOnceItIsThere() throws Exception {
        try (CuttingProxy s3 = CuttingProxy.to(server.port())) {
            s3.refuse();
            MimicConfig config = config(s3.endpoint()).with(MimicSetting.S3_RETRIES, 0);
            try (Mimic mimic = Mimic.builder(config).clock(clock).start()) {
                await().atMost(LONG).until(() -> mimic.health().reason() == null);
                IngestResult result = ingest(mimic, clock, 0);
                assertThat(result.created()).isTrue();
                assertThat(mimic.health().up()).isFalse();
                assertThat(mimic.health().archive().up()).isFalse();
                clock.advance(Duration.ofSeconds(16));

                s3.accept();
                await().atMost(LONG).until(() -> mimic.health().up());
                await().atMost(LONG).until(() -> {
                    // An attempt that failed is repeated after some seconds of this clock.
                    clock.advance(Duration.ofSeconds(1));
                    return !row(mimic, result).active();
                });
                assertThat(events(mimic, result)).hasSize(2);
            }
        }
    }

    private static List<String> objects(MimicConfig config) {
        List<String> names = new ArrayList<>();
        try (SessionArchive archive = S3SessionArchive.open(S3Choice.settings(config))) {
            archive.list("", object -> names.add(object.name()));
        }
        return names;
    }

    private static void awaitArchived(Mimic mimic, IngestResult result) {
        await().atMost(LONG)
                .until(() -> row(mimic, result) != null && !row(mimic, result).active());
    }

    private MimicConfig config(String endpoint) {
        return MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, temporary.resolve("data").toString())
                .with(MimicSetting.PROJECT_PASSWORD, "correct horse")
                .with(MimicSetting.SINGLE_NODE, true)
                .with(MimicSetting.ARCHIVE, MimicSetting.ArchiveKind.S3)
                .with(MimicSetting.S3_ENDPOINT, endpoint)
                .with(MimicSetting.S3_REGION, "us-east-1")
                .with(MimicSetting.S3_BUCKET, "mimic-" + UUID.randomUUID())
                .with(MimicSetting.S3_PREFIX, "replays/")
                .with(MimicSetting.S3_ACCESS_KEY, server.accessKey())
                .with(MimicSetting.S3_SECRET_KEY, server.secretKey());
    }
}
