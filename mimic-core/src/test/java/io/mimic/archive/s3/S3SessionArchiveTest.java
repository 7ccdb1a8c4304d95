package io.mimic.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.archive.SessionArchive;
import io.mimic.archive.SessionArchiveContract;
import io.mimic.store.StoreException;
import io.minio.ListObjectsArgs;
import io.minio.Result;
import io.minio.SetBucketVersioningArgs;
import io.minio.messages.Item;
import io.minio.messages.VersioningConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class S3SessionArchiveTest extends SessionArchiveContract {
    private static S3Server server;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static S3Settings settings(String endpoint, String secretKey, boolean createBucket) {
        return new S3Settings(
                endpoint,
                "us-east-1",
                "mimic-" + UUID.randomUUID(),
                "replays/",
                S3Settings.Style.PATH,
                createBucket,
                S3Settings.Credentials.STATIC,
                server.accessKey(),
                secretKey,
                S3Settings.Encryption.NONE,
                "",
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                3);
    }

    private static SessionArchive open(S3Settings settings) {
        return S3SessionArchive.open(settings, Duration.ofMillis(5), UnaryOperator.identity());
    }

    @Override
    protected SessionArchive open() {
        return open(settings(server.endpoint(), server.secretKey(), true));
    }

    @Override
    protected long now() {
        return System.currentTimeMillis();
    }

    @Test
    void wrongSecretKeyIsRefusedAndNotShown() {
        assertThatThrownBy(() -> open(settings(server.endpoint(), "not-the-secret", true)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(server.endpoint())
                .message()
                .doesNotContain("not-the-secret");
    }

    @Test
    void missingBucketIsToldWhenItMayNotBeMade() {
        assertThatThrownBy(() -> open(settings(server.endpoint(), server.secretKey(), false)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("There is no S3 bucket")
                .hasMessageContaining("mimic.s3.create-bucket");
    }

    @Test
    void serviceThatIsAwayIsNamed() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThatThrownBy(() -> open(settings("http://127.0.0.1:" + closed, server.secretKey(), true)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:" + closed);
    }

    @Test
    void deletingRemovesEveryVersion() throws Exception {
        S3Settings settings = settings(server.endpoint(), server.secretKey(), true);
        open(settings).close();
        try (S3Client client = S3Client.open(settings, UnaryOperator.identity())) {
            client.minio()
                    .setBucketVersioning(SetBucketVersioningArgs.builder()
                            .bucket(settings.bucket())
                            .config(new VersioningConfiguration(
                                    VersioningConfiguration.Status.ENABLED, null, null, null))
                            .build());
            try (SessionArchive versioned = open(settings)) {
                var file = Files.write(Files.createTempFile("mimic-test", ".segment"), bytes(100));
                versioned.put("shop/2026/11/24/a/1", file);
                versioned.put("shop/2026/11/24/a/1", file);
                versioned.put("shop/2026/11/24/a/12", file);
                assertThat(versions(client, settings)).hasSize(3);
                versioned.delete("shop/2026/11/24/a/1");
                assertThat(versions(client, settings)).containsExactly("replays/shop/2026/11/24/a/12");
            }
        }
    }

    private static List<String> versions(S3Client client, S3Settings settings) throws Exception {
        List<String> names = new ArrayList<>();
        for (Result<Item> result : client.minio()
                .listObjects(ListObjectsArgs.builder()
                        .bucket(settings.bucket())
                        .recursive(true)
                        .includeVersions(true)
                        .build())) {
            names.add(result.get().objectName());
        }
        return names;
    }

    @Test
    void connectionsThatAreCutAreTriedAgain() throws Exception {
        byte[] content = bytes(300_000);
        try (CuttingProxy proxy = CuttingProxy.to(server.port());
                SessionArchive through = open(settings(proxy.endpoint(), server.secretKey(), true))) {
            proxy.cutNext(1, 100_000);
            through.put("shop/2026/11/24/a/1", Files.write(Files.createTempFile("mimic-test", ".segment"), content));
            proxy.cutNext(2, 100_000);
            try (InputStream in = through.open("shop/2026/11/24/a/1", 1_000, 290_000)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1_000, 291_000));
            }
            assertThat(proxy.cuts()).isEqualTo(3);
        }
    }

    @Test
    void uploadThatIsCutForEverNeverShows() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(server.port());
                SessionArchive through = open(settings(proxy.endpoint(), server.secretKey(), true))) {
            proxy.cutNext(100, 100_000);
            var file = Files.write(Files.createTempFile("mimic-test", ".segment"), bytes(300_000));
            assertThatThrownBy(() -> through.put("shop/2026/11/24/a/1", file)).isInstanceOf(StoreException.class);
            proxy.cutNext(0, 0);
            through.list("", object -> assertThat(object).isNull());
        }
    }
}
