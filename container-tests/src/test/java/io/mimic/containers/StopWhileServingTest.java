package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webapp that is stopped while its pages are being written and batches come in. */
@Tag("slow")
class StopWhileServingTest {
    private static final int BROWSERS = 3;
    private static final int WANTED = 20;
    private static final String TAG = "<script src=\"[^\"]*/mimic/recorder\\.js[^>]*></script>";

    @TempDir
    Path work;

    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    @Test
    void pagesOfTheHostEndAndBatchesAreRefused() throws Exception {
        Set<Thread> others = threads();
        Path folder = new HostWebapp(work.resolve("host"))
                .parameter("mimic.ingest.rate.session", "0")
                .build();
        try (Container container = Container.start(work);
                Failures failures = new Failures()) {
            Container.Deployment webapp = container.deploy("/host", folder);
            Client host = Client.of(container, "/host").withCookies();
            host.awaitRecording();
            String own = host.fetch("/body/writer").text();
            assertThat(host.postBatch(HostWebapp.PROJECT, 0).status()).isEqualTo(202);

            List<InputStream> pages = new ArrayList<>();
            for (int page = 0; page < BROWSERS; page++) {
                pages.add(begin(host)); // each one waits in the host's own code now
            }
            List<Thread> browsers = new ArrayList<>();
            for (int browser = 0; browser < BROWSERS; browser++) {
                browsers.add(new Thread(() -> sendUntilRefused(host), "browser " + browser));
            }
            browsers.forEach(Thread::start);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(statuses)
                            .hasSizeGreaterThanOrEqualTo(WANTED)
                            .containsOnly(202));

            webapp.undeploy();

            for (InputStream page : pages) {
                String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).containsOnlyOnce("recorder.js");
                assertThat(text.replaceFirst(TAG, "")).isEqualTo(own);
            }
            for (Thread browser : browsers) {
                browser.join(TimeUnit.SECONDS.toMillis(60));
                assertThat(browser.isAlive()).isFalse();
            }
            assertThat(Set.copyOf(statuses))
                    .as("answers to batches %s", refusals)
                    .isSubsetOf(202, 404, 503);
            assertThat(failures.lines).as("told by MIMIC").isEmpty();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(threads()).isSubsetOf(others));
        }
    }

    /** Those of MIMIC, of other tests' webapps too. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mimic-"))
                .collect(Collectors.toSet());
    }

    private static InputStream begin(Client host) throws Exception {
        HttpRequest request = host.request("/control/until-stopped")
                .header("Sec-Fetch-Dest", "document")
                .header("Accept", "text/html,*/*;q=0.8")
                .build();
        HttpResponse<InputStream> answer = host.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private void sendUntilRefused(Client host) {
        try {
            for (int seq = 1, status = 202; status == 202; seq++) {
                Client.Answer answer = host.postBatch(HostWebapp.PROJECT, seq);
                status = answer.status();
                // Undertow says with 500 that a webapp has stopped
                statuses.add(answer.text().contains("UT010051: Deployment host has stopped") ? 503 : status);
                if (status != 202) {
                    refusals.add(answer.text());
                }
            }
        } catch (IOException e) {
            statuses.add(503); // a container may hang up on whoever comes meanwhile
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Warnings and worse of MIMIC's own. */
    private static final class Failures extends Handler implements AutoCloseable {
        private static final Logger LOGGER = Logger.getLogger("io.mimic");

        private final List<String> lines = new CopyOnWriteArrayList<>();

        Failures() {
            LOGGER.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                lines.add(line.getMessage() + " " + line.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOGGER.removeHandler(this);
        }
    }
}
