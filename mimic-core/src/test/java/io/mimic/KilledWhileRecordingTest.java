package io.mimic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.ingest.IngestRequest;
import io.mimic.replay.EventQuery;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it takes batches and archives sessions: after the next start every acknowledged batch is in its archived
 * session, once.
 */
class KilledWhileRecordingTest {
    private static final int WANTED = 300;
    private static final int BATCHES_A_PAGE = 7;

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void everyAcknowledgedBatchIsArchivedOnceAfterTheNextStart() throws Exception {
        Map<String, String> sessionByBatch = recordUntilKilled();
        assertThat(sessionByBatch).hasSizeGreaterThanOrEqualTo(WANTED);

        try (Mimic mimic = start(folder)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> mimic.health().up());
            String project = mimic.projects().own().orElseThrow().id();
            await().atMost(Duration.ofSeconds(60)).until(() -> allEnded(mimic, project));
            Map<String, Integer> stored = new HashMap<>();
            for (String session :
                    Map.copyOf(sessionByBatch).values().stream().distinct().toList()) {
                for (Object event : events(mimic, project, UUID.fromString(session))) {
                    stored.merge(session + " " + text(event), 1, Integer::sum);
                }
            }
            assertThat(sessionByBatch)
                    .allSatisfy((batch, session) -> assertThat(stored).containsEntry(session + " " + batch, 1));
            assertThat(stored.values()).containsOnly(1);
        }
    }

    private Map<String, String> recordUntilKilled() throws Exception {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Recording.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, String> sessionByBatch = new HashMap<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ", -1);
                sessionByBatch.put(words[1], words[0]);
                if (sessionByBatch.size() == WANTED) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as("killed by signal 9").isEqualTo(137);
        return sessionByBatch;
    }

    private static boolean allEnded(Mimic mimic, String project) {
        List<SessionRow> sessions =
                mimic.sessions().find(SessionQuery.newest(project, 200)).items();
        return !sessions.isEmpty()
                && sessions.stream().noneMatch(SessionRow::active)
                && sessions.stream().mapToLong(SessionRow::events).sum() >= WANTED;
    }

    private static List<Object> events(Mimic mimic, String project, UUID session) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mimic.sessions().writeEvents(project, session, new EventQuery(null, 0, 0, false), out);
        return JSON.std.listFrom(out.toString(StandardCharsets.UTF_8));
    }

    private static String text(Object event) {
        return (String) ((Map<?, ?>) ((Map<?, ?>) event).get("data")).get("batch");
    }

    private static Mimic start(Path folder) {
        return Mimic.start(MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, folder.toString())
                .with(MimicSetting.PROJECT_PASSWORD, "correct horse")
                .with(MimicSetting.SESSION_TIMEOUT, Duration.ofMillis(300))
                .with(MimicSetting.SESSION_GRACE, Duration.ofMillis(100))
                .with(MimicSetting.ARCHIVE_LEASE, Duration.ofSeconds(3)));
    }

    /** Runs in the child: visitor after visitor, each acknowledged batch a line {@code session page:seq}. */
    static final class Recording {
        private Recording() {}

        @SuppressWarnings("SystemOut") // the parent reads it
        public static void main(String[] arguments) throws Exception {
            Mimic mimic = start(Path.of(arguments[0]));
            while (!mimic.health().up()) {
                Thread.onSpinWait();
            }
            String project = mimic.projects().own().orElseThrow().id();
            while (true) {
                String page = UUID.randomUUID().toString().replace("-", "");
                for (int seq = 0; seq < BATCHES_A_PAGE; seq++) {
                    String batch = page + ":" + seq;
                    UUID session = mimic.ingestor()
                            .ingest(request(project, page, seq, batch))
                            .session();
                    System.out.println(session + " " + batch);
                }
            }
        }

        private static IngestRequest request(String project, String page, int seq, String text) {
            long now = System.currentTimeMillis();
            String batch = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"window-1\",\"page\":\"" + page
                    + "\",\"seq\":" + seq + ",\"sentAt\":" + now
                    + ",\"events\":[{\"type\":3,\"data\":{\"source\":0,\"batch\":\""
                    + text + "\"},\"timestamp\":" + now + "}]}";
            return new IngestRequest(
                    new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)),
                    "application/json",
                    null,
                    "192.0.2.1",
                    Map.of("sec-fetch-site", "same-origin")::get,
                    name -> null);
        }
    }
}
