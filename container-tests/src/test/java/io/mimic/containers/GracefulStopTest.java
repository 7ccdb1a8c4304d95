package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container's process that is asked to end (SIGTERM) while batches come in. */
@Tag("slow")
class GracefulStopTest {
    private static final int BROWSERS = 4;
    private static final int WANTED = 100;
    private static final Pattern SESSION = Pattern.compile("\"session\":\"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("\"name\":\"(batch-[^\"]+)\"");

    @TempDir
    Path work;

    /** Name of the event in each batch that was acknowledged, and its session. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    @Test
    void everyAcknowledgedBatchIsThereAfterwards() throws Exception {
        // without the container's search of every class for annotations, which takes most of a start
        Path folder = new HostWebapp(work.resolve("host")).metadataComplete().build();
        Process process = start(folder);
        try {
            Client host = new Client("http://localhost:" + port(process) + "/host");
            host.awaitRecording();
            List<Thread> browsers = new ArrayList<>();
            for (int browser = 0; browser < BROWSERS; browser++) {
                int number = browser;
                browsers.add(new Thread(() -> sendWhileItLives(host, number)));
            }
            browsers.forEach(Thread::start);
            await().atMost(Duration.ofSeconds(120)).until(() -> acknowledged.size() >= WANTED);

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
            for (Thread browser : browsers) {
                browser.join();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(work.resolve("host-data/host/mimic.db")).exists();
        assertThat(work.resolve("host-data/host/mimic.db-wal"))
                .as("closed in good order")
                .doesNotExist();
        assertEverythingIsThere(folder);
    }

    private void assertEverythingIsThere(Path folder) throws Exception {
        try (Container container = Container.start(Files.createDirectories(work.resolve("again")))) {
            Container.Deployment deployment = container.deploy("/host", folder);
            Client host = Client.of(container, "/host");
            host.awaitRecording();
            Client reader = host.withCookies().logIn();
            for (String session : acknowledged.values().stream().distinct().toList()) {
                List<String> sent = acknowledged.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(session))
                        .map(Map.Entry::getKey)
                        .toList();
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(stored(reader, session))
                                .containsAll(sent)
                                .doesNotHaveDuplicates());
            }
            deployment.undeploy();
        }
    }

    private Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dcontainer=" + System.getProperty("container", "io.mimic.containers.TomcatContainer"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HostProcess.class.getName(),
                        work.resolve("process").toString(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new IOException("The process ended before it had a port.");
    }

    /** What is not acknowledged may be there or not. */
    private void sendWhileItLives(Client host, int browser) {
        try {
            for (int seq = 0; ; seq++) {
                String name = "batch-" + browser + "-" + seq;
                Client.Answer answer = host.send(host.request("/mimic/ingest")
                        .header("Content-Type", "text/plain")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.ofString(batch(browser, seq, name))));
                if (answer.status() == 202) {
                    Matcher session = SESSION.matcher(answer.text());
                    assertThat(session.find()).isTrue();
                    acknowledged.put(name, session.group(1));
                }
                Thread.sleep(20); // within mimic.ingest.rate.session
            }
        } catch (Exception e) {
            // the process is gone
            Thread.currentThread().interrupt();
        }
    }

    private static String batch(int browser, int seq, String name) {
        long now = System.currentTimeMillis();
        return "{\"v\":1,\"project\":\"" + HostWebapp.PROJECT + "\",\"window\":\"window-" + browser + "\",\"page\":\""
                + String.valueOf(browser).repeat(32) + "\",\"seq\":" + seq + ",\"sentAt\":" + now
                + ",\"meta\":{\"url\":\"http://localhost/\"},\"events\":[{\"type\":6,\"timestamp\":" + now
                + ",\"data\":{\"plugin\":\"mimic/event@1\",\"payload\":{\"name\":\"" + name + "\"}}}]}";
    }

    private static List<String> stored(Client reader, String session) throws Exception {
        Client.Answer answer = reader.fetch("/mimic/api/sessions/" + session + "/events");
        assertThat(answer.status()).isEqualTo(200);
        return NAME.matcher(answer.text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
