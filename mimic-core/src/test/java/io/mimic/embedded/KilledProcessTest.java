package io.mimic.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.buffer.Append;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Chunks;
import io.mimic.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it appends under load: what it had acknowledged is there. */
class KilledProcessTest {
    private static final int WANTED = 400;

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedAppendIsThereAfterAKill() throws Exception {
        Process child = startAppender();
        Set<String> acknowledged = new HashSet<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                acknowledged.add(line);
                if (acknowledged.size() == WANTED) {
                    assertHeldBy(child);
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as("killed by signal 9").isEqualTo(137);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(WANTED);
        try (EmbeddedStores stores = open()) {
            Set<String> stored = new HashSet<>();
            for (UUID session : sessions(acknowledged)) {
                stores.buffer().read("shop", session, chunk -> stored.add(session + " " + line(chunk)));
            }
            assertThat(stored).containsAll(acknowledged);
        }
    }

    private void assertHeldBy(Process child) {
        org.assertj.core.api.Assertions.assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is held by process " + child.pid() + " on ");
    }

    private EmbeddedStores open() {
        return EmbeddedStores.open(folder, EmbeddedStoresTest.BOUNDS, Clock.systemUTC());
    }

    private static Set<UUID> sessions(Set<String> lines) {
        Set<UUID> sessions = new HashSet<>();
        lines.forEach(line -> sessions.add(UUID.fromString(line.substring(0, 36))));
        return sessions;
    }

    static String line(Chunk chunk) {
        ChunkKey key = chunk.key();
        return key.page() + " " + key.seq();
    }

    private Process startAppender() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Appender.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Appends from several threads until it is killed; prints each append once it was acknowledged. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] arguments) {
            EmbeddedStores stores =
                    EmbeddedStores.open(Path.of(arguments[0]), EmbeddedStoresTest.BOUNDS, Clock.systemUTC());
            for (int i = 0; i < 8; i++) {
                new Thread(() -> appendForEver(stores)).start();
            }
        }

        private static void appendForEver(EmbeddedStores stores) {
            String page = Chunks.page();
            for (int seq = 0; ; seq++) {
                Chunk chunk = Chunks.sized(page, seq, 2_000);
                UUID session = stores.buffer()
                        .append(new Append("shop", chunk, null, Chunks.freshId(), null))
                        .session();
                System.out.println(session + " " + line(chunk));
            }
        }
    }
}
