package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** examples/collector as its README starts it, at localhost. */
final class Collector implements AutoCloseable {
    static final String TOKEN = "a registration token of 3 tests";

    private final ServerProcess process;
    final String dashboard;

    private Collector(ServerProcess process, String dashboard) {
        this.process = process;
        this.dashboard = dashboard;
    }

    static Collector start(Path data, String scheme, String... more) {
        int port = ServerProcess.freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                "examples/collector/target/collector.jar",
                "--mimic.data-dir=" + data,
                "--mimic.registration.token=" + TOKEN));
        command.addAll(List.of(more));
        ServerProcess process = ServerProcess.start(Demo.ROOT, Map.of("PORT", String.valueOf(port)), command);
        process.await(line -> line.contains("Started CollectorApplication"), Duration.ofMinutes(3));
        return new Collector(process, scheme + "://localhost:" + port + "/mimic");
    }

    /** Registers a project as curl would, and answers its id. */
    String register(String name, String password, String origin) {
        String body = "{\"name\":\"" + name + "\",\"password\":\"" + password + "\",\"origins\":[\"" + origin + "\"]}";
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(dashboard + "/api/projects"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    /** Status of a batch that a program sends, which may call itself any origin. */
    int ingest(String project, String origin) {
        String batch = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"window-1\",\"page\":\"" + "ab".repeat(16)
                + "\",\"seq\":0,\"sentAt\":" + System.currentTimeMillis() + ",\"events\":[]}";
        return send(HttpRequest.newBuilder(URI.create(dashboard + "/ingest"))
                        .header("Content-Type", "text/plain")
                        .header("Origin", origin)
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(HttpRequest.BodyPublishers.ofString(batch)))
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
