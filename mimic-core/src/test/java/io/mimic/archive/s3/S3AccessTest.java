package io.mimic.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.archive.SessionArchive;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the bucket is named, where keys come from and what is asked for beside them: over the wire, against a server that checks each signature. */
@Tag("servers")
class S3AccessTest {
    private static final String OBJECT = "shop/2026/11/24/a/1";

    private static S3Server server;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    void bucketIsNamedInTheHostWhenThatIsAskedFor() throws Exception {
        try (S3Server virtual = S3Server.startVirtual();
                CuttingProxy proxy = CuttingProxy.to(virtual.port())) {
            S3Settings settings = new S3Settings(
                    "http://" + S3Server.VIRTUAL_HOST + ":" + proxy.port(),
                    "us-east-1",
                    "mimic-" + UUID.randomUUID(),
                    "replays/",
                    S3Settings.Style.VIRTUAL_HOST,
                    true,
                    S3Settings.Credentials.STATIC,
                    virtual.accessKey(),
                    virtual.secretKey(),
                    S3Settings.Encryption.NONE,
                    "",
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    2);
            ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
            proxy.gate(recorded(lines));
            putAndRead(settings, http -> http.dns(S3AccessTest::loopback));
            assertThat(headOf(lines, "PUT /replays/" + OBJECT + " HTTP/1.1"))
                    .contains("Host: " + settings.bucket() + "." + S3Server.VIRTUAL_HOST + ":" + proxy.port());
        }
    }

    @Test
    void machinesRoleGivesKeysAndRenewsThem() throws Exception {
        try (MetadataServer metadata = MetadataServer.start(server.accessKey(), server.secretKey())) {
            metadata.validity(Duration.ofSeconds(5));
            S3Settings settings = settings(S3Settings.Credentials.IAM, S3Settings.Encryption.NONE, server.endpoint());
            putAndRead(settings, http -> http.proxySelector(metadata.wayToMachine()));
            assertThat(metadata.requests)
                    .contains("PUT /latest/api/token")
                    .filteredOn(line -> line.endsWith("/shop-role"))
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void metadataServiceThatIsAwayIsAFailureOfTheStoreAndPasses() throws Exception {
        try (MetadataServer metadata = MetadataServer.start(server.accessKey(), server.secretKey())) {
            metadata.validity(Duration.ofSeconds(5));
            S3Settings settings = settings(S3Settings.Credentials.IAM, S3Settings.Encryption.NONE, server.endpoint());
            try (SessionArchive archive = S3SessionArchive.open(
                    settings, Duration.ofMillis(5), http -> http.proxySelector(metadata.wayToMachine()))) {
                metadata.down(true);
                assertThatThrownBy(() -> archive.put(OBJECT, file()))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining(settings.bucket());
                assertThat(archive.health().up()).isFalse();
                metadata.down(false);
                archive.put(OBJECT, file());
                assertThat(archive.health().up()).isTrue();
            }
        }
    }

    @Test
    void containersRoleGivesKeys() throws Exception {
        try (MetadataServer metadata = MetadataServer.start(server.accessKey(), server.secretKey())) {
            String said = inAProcessOfItsOwn(
                    S3Settings.Credentials.IAM, Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", metadata.containerUri()));
            assertThat(said).contains("stored and read");
            assertThat(metadata.requests).contains("GET /container");
        }
    }

    @Test
    void environmentGivesKeys() throws Exception {
        assertThat(inAProcessOfItsOwn(
                        S3Settings.Credentials.ENVIRONMENT,
                        Map.of("AWS_ACCESS_KEY_ID", server.accessKey(), "AWS_SECRET_ACCESS_KEY", server.secretKey())))
                .contains("stored and read");
        assertThat(inAProcessOfItsOwn(
                        S3Settings.Credentials.ENVIRONMENT,
                        Map.of("MINIO_ACCESS_KEY", server.accessKey(), "MINIO_SECRET_KEY", server.secretKey())))
                .contains("stored and read");
    }

    @Test
    void environmentWithWrongOrNoKeysIsTold() throws Exception {
        assertThat(inAProcessOfItsOwn(
                        S3Settings.Credentials.ENVIRONMENT,
                        Map.of("AWS_ACCESS_KEY_ID", server.accessKey(), "AWS_SECRET_ACCESS_KEY", "wrong")))
                .contains("refused: The S3 bucket at ");
        assertThat(inAProcessOfItsOwn(S3Settings.Credentials.ENVIRONMENT, Map.of("AWS_ACCESS_KEY_ID", "one")))
                .contains("refused: The S3 bucket at ")
                .contains("needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or MINIO_ACCESS_KEY");
    }

    @Test
    void serversOwnKeysEncryptWhenThatIsAskedFor() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(server.port())) {
            S3Settings settings = settings(S3Settings.Credentials.STATIC, S3Settings.Encryption.S3, proxy.endpoint());
            ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
            proxy.gate(recorded(lines));
            putAndRead(settings, UnaryOperator.identity());
            List<String> put = headOf(lines, "PUT /" + settings.bucket() + "/replays/" + OBJECT);
            assertThat(put).anyMatch(line -> line.equalsIgnoreCase("x-amz-server-side-encryption: AES256"));
            assertThat(put)
                    .filteredOn(line -> line.startsWith("Authorization: AWS4-HMAC-SHA256"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("x-amz-server-side-encryption"));
        }
    }

    private static S3Settings settings(
            S3Settings.Credentials credentials, S3Settings.Encryption encryption, String endpoint) {
        boolean fixed = credentials == S3Settings.Credentials.STATIC;
        return new S3Settings(
                endpoint,
                "us-east-1",
                "mimic-" + UUID.randomUUID(),
                "replays/",
                S3Settings.Style.PATH,
                true,
                credentials,
                fixed ? server.accessKey() : "",
                fixed ? server.secretKey() : "",
                encryption,
                "",
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                2);
    }

    private void putAndRead(S3Settings settings, UnaryOperator<OkHttpClient.Builder> network) throws IOException {
        try (SessionArchive archive = S3SessionArchive.open(settings, Duration.ofMillis(5), network)) {
            archive.put(OBJECT, file());
            try (InputStream in = archive.open(OBJECT, 2, 4)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("gmen");
            }
            archive.list("shop/", object -> assertThat(object.name()).isEqualTo(OBJECT));
            archive.delete(OBJECT);
        }
    }

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("segment"), "segment");
    }

    /** Names below the server's own lead to this machine, as its owner's DNS would say. */
    private static List<InetAddress> loopback(String name) throws UnknownHostException {
        return name.endsWith(S3Server.VIRTUAL_HOST)
                ? List.of(InetAddress.getByName("127.0.0.1"))
                : Dns.SYSTEM.lookup(name);
    }

    private static CuttingProxy.Gate recorded(ConcurrentLinkedQueue<String> lines) {
        return new CuttingProxy.Gate() {
            @Override
            public void head(List<String> head) {
                lines.addAll(head);
            }
        };
    }

    /** The lines from a request's first to the next request's. */
    private static List<String> headOf(ConcurrentLinkedQueue<String> lines, String first) {
        List<String> all = List.copyOf(lines);
        int begin = 0;
        while (!all.get(begin).startsWith(first)) {
            begin++;
        }
        int end = begin + 1;
        while (end < all.size() && !all.get(end).endsWith(" HTTP/1.1")) {
            end++;
        }
        return all.subList(begin, end);
    }

    private static String inAProcessOfItsOwn(S3Settings.Credentials credentials, Map<String, String> environment)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OwnProcess.class.getName(),
                        server.endpoint(),
                        credentials.name())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("MINIO_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return said;
    }

    /** Stores and reads an object with the keys that its environment leads to. */
    static final class OwnProcess {
        private OwnProcess() {}

        public static void main(String[] arguments) throws IOException {
            S3Settings settings = new S3Settings(
                    arguments[0],
                    "us-east-1",
                    "mimic-" + UUID.randomUUID(),
                    "",
                    S3Settings.Style.PATH,
                    true,
                    S3Settings.Credentials.valueOf(arguments[1]),
                    "",
                    "",
                    S3Settings.Encryption.NONE,
                    "",
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    0);
            Path file = Files.writeString(Files.createTempFile("mimic-test", ".segment"), "segment");
            try (SessionArchive archive = S3SessionArchive.open(settings)) {
                archive.put(OBJECT, file);
                try (InputStream in = archive.open(OBJECT, 0, 7)) {
                    String read = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    System.out.println(read.equals("segment") ? "stored and read" : "read " + read);
                }
            } catch (StoreException e) {
                System.out.println("refused: " + e.getMessage());
            } finally {
                Files.delete(file);
            }
        }
    }
}
