package io.mimic.buffer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.Claim;
import io.mimic.buffer.SessionBuffer;
import io.mimic.store.StoreException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A server with encrypted connections and a user who may do no more than the operations guide says. */
@Tag("servers")
class RedisSecurityTest {
    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final List<String> USER = List.of(
            "mimic", "on", ">correct-horse", "~shop:*", "&__keyevent@*", "+@all", "-@dangerous", "-@admin", "+info");

    @TempDir
    static Path folder;

    private static RedisProcesses processes;
    private static int plainPort;
    private static int tlsPort;

    @BeforeAll
    static void startServer() throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("cert.pem").toString(),
                "-days",
                "2",
                "-subj",
                "/CN=redis.test",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
        trust(folder.resolve("cert.pem"), folder.resolve("trust.p12"));
        try (ServerSocket free = new ServerSocket(0)) {
            tlsPort = free.getLocalPort();
        }
        processes = RedisProcesses.none();
        List<String> options = new ArrayList<>(List.of(
                "--tls-port",
                String.valueOf(tlsPort),
                "--tls-cert-file",
                folder.resolve("cert.pem").toString(),
                "--tls-key-file",
                folder.resolve("key.pem").toString(),
                "--tls-auth-clients",
                "no",
                "--user"));
        options.addAll(USER);
        plainPort = processes.server(options.toArray(String[]::new));
        System.setProperty(STORE, folder.resolve("trust.p12").toString());
        System.setProperty(STORE_PASSWORD, "changeit");
    }

    @AfterAll
    static void stopServer() throws Exception {
        System.clearProperty(STORE);
        System.clearProperty(STORE_PASSWORD);
        processes.close();
    }

    @Test
    void sessionLivesItsWholeLifeOverTlsWithAnAclUserAndAPrefix() {
        AtomicLong shift = new AtomicLong();
        RedisSettings settings = settings("127.0.0.1", "correct-horse", "shop:");
        try (SessionBuffer buffer = RedisSessionBuffer.open(settings, RedisBufferContract.SHORT, shift::get)) {
            buffer.onDue(() -> {});
            String page = Chunks.page();
            Appended appended = append(buffer, page, 0);
            append(buffer, page, 1);
            shift.addAndGet(1_000);
            Claim claim = buffer.claim(1).get(0);
            assertThat(buffer.renew(claim)).isTrue();
            assertThat(buffer.usage().waitingSessions()).isEqualTo(1);
            assertThat(buffer.complete(
                            claim,
                            List.of(
                                    Chunks.chunk(page, 0).key(),
                                    Chunks.chunk(page, 1).key())))
                    .isTrue();
            buffer.erase("shop", appended.session());
            buffer.sweep();
        }
        try (Jedis jedis = new Jedis("127.0.0.1", plainPort)) {
            assertThat(jedis.keys("*")).isNotEmpty().allMatch(key -> key.startsWith("shop:{"));
        }
    }

    @Test
    void keysOutsideTheUsersPrefixAreRefused() {
        assertThatThrownBy(() -> openAndAppend(settings("127.0.0.1", "correct-horse", "other:")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("NOPERM");
    }

    @Test
    void wrongPasswordIsRefusedAndNotShown() {
        assertThatThrownBy(() -> openAndAppend(settings("127.0.0.1", "wrong-horse", "shop:")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:" + tlsPort)
                .hasStackTraceContaining("WRONGPASS")
                .message()
                .doesNotContain("wrong-horse");
    }

    @Test
    void certificateOfAnotherHostIsRefused() {
        assertThatThrownBy(() -> openAndAppend(settings("localhost", "correct-horse", "shop:")))
                .isInstanceOf(StoreException.class)
                .hasStackTraceContaining("matching localhost");
    }

    private static void openAndAppend(RedisSettings settings) {
        try (SessionBuffer buffer = RedisSessionBuffer.open(settings, RedisBufferContract.SHORT)) {
            append(buffer, Chunks.page(), 0);
        }
    }

    private static Appended append(SessionBuffer buffer, String page, int seq) {
        return buffer.append(new Append("shop", Chunks.chunk(page, seq), null, Chunks.freshId(), null));
    }

    private static RedisSettings settings(String host, String password, String prefix) {
        return new RedisSettings(
                RedisSettings.Mode.STANDALONE,
                List.of(host + ":" + tlsPort),
                "",
                "mimic",
                password,
                "",
                true,
                prefix,
                4,
                0,
                0,
                false);
    }

    private static void trust(Path certificate, Path store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate);
                OutputStream out = Files.newOutputStream(store)) {
            trusted.setCertificateEntry(
                    "redis", CertificateFactory.getInstance("X.509").generateCertificate(in));
            trusted.store(out, "changeit".toCharArray());
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
    }
}
