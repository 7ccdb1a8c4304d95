package io.mimic.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.MimicSetting;
import io.mimic.archive.SessionArchive;
import io.mimic.archive.s3.S3Server;
import io.mimic.archive.s3.S3SessionArchive;
import io.mimic.archive.s3.S3Settings;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the app lie in S3 once, are shown when the app has lost them, and go with the last session that shows them. */
@Tag("servers")
class AssetsInS3Test {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 7};
    private static final String BUCKET = "mimic-" + UUID.randomUUID();

    @TempDir
    Path folder;

    @Test
    void areShownWithoutTheAppUntilTheLastSessionIsErased() throws Exception {
        Path picture = Files.write(folder.resolve("a.png"), PNG);
        try (S3Server s3 = S3Server.start();
                DashboardServer server = new DashboardServer(
                        folder,
                        Clock.systemUTC(),
                        config -> config.with(MimicSetting.SINGLE_NODE, true)
                                .with(MimicSetting.ARCHIVE, MimicSetting.ArchiveKind.S3)
                                .with(MimicSetting.S3_ENDPOINT, s3.endpoint())
                                .with(MimicSetting.S3_REGION, "us-east-1")
                                .with(MimicSetting.S3_BUCKET, BUCKET)
                                .with(MimicSetting.S3_ACCESS_KEY, s3.accessKey())
                                .with(MimicSetting.S3_SECRET_KEY, s3.secretKey()))) {
            String admin = server.cookie("shop", DashboardServer.PASSWORD);
            UUID first = kept(server, admin);
            UUID second = kept(server, admin);
            Files.delete(picture);

            assertThat(pictures(s3)).hasSize(1);
            for (UUID session : List.of(first, second)) {
                HttpResponse<byte[]> shown = shown(server, session, admin);
                assertThat(shown.statusCode()).isEqualTo(200);
                assertThat(shown.body()).isEqualTo(PNG);
            }

            server.mimic().sessions().erase("p_shop", first);
            assertThat(shown(server, second, admin).body()).isEqualTo(PNG);
            assertThat(pictures(s3)).hasSize(1);

            server.mimic().sessions().erase("p_shop", second);
            await().atMost(LONG).untilAsserted(() -> assertThat(pictures(s3)).isEmpty());
        }
    }

    private static UUID kept(DashboardServer server, String admin) {
        UUID session = Pictures.record(server, "/shop/a.png");
        server.ended(admin, session);
        await().atMost(LONG).until(() -> Pictures.of(server, session, admin).size() == 1);
        return session;
    }

    private static HttpResponse<byte[]> shown(DashboardServer server, UUID session, String admin) {
        Object item = Pictures.of(server, session, admin).get(0);
        return server.get("/api/sessions/" + session + "/assets/" + Pictures.sha256(item), admin);
    }

    /** The objects that are no segments. */
    private static List<String> pictures(S3Server s3) {
        List<String> names = new ArrayList<>();
        S3Settings settings = new S3Settings(
                s3.endpoint(),
                "us-east-1",
                BUCKET,
                "",
                S3Settings.Style.AUTO,
                false,
                S3Settings.Credentials.STATIC,
                s3.accessKey(),
                s3.secretKey(),
                S3Settings.Encryption.NONE,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                2);
        try (SessionArchive archive = S3SessionArchive.open(settings)) {
            archive.list("p_shop/assets/", object -> names.add(object.name()));
        }
        return names;
    }
}
