package io.mimic;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.ingest.BatchRejectedException;
import io.mimic.ingest.IngestRequest;
import io.mimic.ingest.IngestResult;
import io.mimic.replay.EventQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What tests do with a pipeline that runs: send a batch of a page, and look for what became of it. */
final class RunningPipeline {
    private static final String PAGE = "0123456789abcdef0123456789abcdef";

    private RunningPipeline() {}

    static void recording(Mimic mimic) {
        await().atMost(Duration.ofSeconds(20)).until(() -> mimic.health().up());
    }

    static String projectId(Mimic mimic) {
        return mimic.projects().own().orElseThrow().id();
    }

    static IngestResult ingest(Mimic mimic, Clock clock, int seq) throws BatchRejectedException {
        String project = mimic.projects().own().map(own -> own.id()).orElse("none");
        long now = clock.millis();
        String batch = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"window-1\",\"page\":\"" + PAGE
                + "\",\"seq\":" + seq
                + ",\"sentAt\":" + now + ",\"meta\":{\"url\":\"https://shop.example/\"},\"events\":["
                + "{\"type\":4,\"data\":{\"href\":\"https://shop.example/\",\"width\":800,\"height\":600},\"timestamp\":"
                + now + "},"
                + "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":[],\"id\":1},\"initialOffset\":{\"top\":0,\"left\":0}},\"timestamp\":"
                + now + "}]}";
        Map<String, String> headers = Map.of("sec-fetch-site", "same-origin");
        return mimic.ingestor()
                .ingest(new IngestRequest(
                        new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)),
                        "application/json",
                        null,
                        "192.0.2.1",
                        headers::get,
                        name -> null));
    }

    /** Everything that was recorded, as the player gets it. */
    static List<Object> events(Mimic mimic, IngestResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mimic.sessions().writeEvents(projectId(mimic), result.session(), new EventQuery(null, 0, 0, false), out);
        return JSON.std.listFrom(out.toString(StandardCharsets.UTF_8));
    }

    /** Its row in the list; null when it is not listed. */
    static SessionRow row(Mimic mimic, IngestResult result) {
        List<SessionRow> items =
                mimic.sessions().find(SessionQuery.newest(projectId(mimic), 50)).items();
        return items.stream()
                .filter(item -> item.id().equals(result.session()))
                .findAny()
                .orElse(null);
    }
}
