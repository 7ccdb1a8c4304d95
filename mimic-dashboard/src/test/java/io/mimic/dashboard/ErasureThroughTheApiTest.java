package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.LiveFolder;
import io.mimic.PlantSearch;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure that was asked for as the dashboard asks, the access log alone knows of the user, and not who it was. */
class ErasureThroughTheApiTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String USER = PlantSearch.MARK + "user";

    @TempDir
    Path folder;

    @Test
    void leavesNothingOfAUserAlsoWhereSomebodyElseWasIdentifiedLater() throws Exception {
        ShiftedClock clock = new ShiftedClock();
        try (DashboardServer server = new DashboardServer(folder, clock)) {
            String admin = server.cookie("shop", DashboardServer.PASSWORD);
            UUID archived = record(server);
            clock.shift(Duration.ofSeconds(20)); // so that it has ended
            server.ended(admin, archived);
            UUID active = record(server);
            assertThat(planted()).contains("user", "later", "trait");
            assertThat(json(server.get("/api/sessions?user=" + USER, admin), "items", 0, "id"))
                    .isEqualTo(archived.toString());
            assertThat(json(server.get("/api/erasures?user=" + USER, admin))).containsEntry("sessions", 1);

            HttpResponse<byte[]> report = server.as(admin, "POST", "/api/erasures", "{\"user\":\"" + USER + "\"}");

            assertThat(json(report)).containsEntry("complete", true);
            assertThat((List<?>) json(report, "erased"))
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder(archived.toString(), active.toString());
            await().atMost(LONG).untilAsserted(() -> assertThat(planted()).isEmpty());
            HttpResponse<byte[]> log = server.get("/api/access-log?person=" + USER, admin);
            assertThat((List<?>) json(log, "items"))
                    .extracting(line -> String.valueOf(((Map<?, ?>) line).get("action")))
                    .containsExactly("erase-user", "list");
            assertThat(text(log)).contains("2 sessions").doesNotContain(PlantSearch.MARK);
        }
    }

    private Set<String> planted() throws IOException {
        return PlantSearch.in(
                new ArrayList<>(LiveFolder.files(folder.resolve("data")).values()));
    }

    private static UUID record(DashboardServer server) {
        long now = System.currentTimeMillis();
        String batch = "{\"v\":1,\"project\":\"p_shop\",\"window\":\"w-12345678\",\"page\":\""
                + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":" + now
                + ",\"meta\":{\"url\":\"https://shop.example/\"},\"events\":["
                + identify(now, USER, PlantSearch.MARK + "trait") + ","
                + identify(now, PlantSearch.MARK + "later", "") + "]}";
        UUID session =
                UUID.fromString((String) json(server.post("/ingest", batch)).get("session"));
        await().atMost(LONG).until(() -> server.mimic().sessions().exists("p_shop", session));
        return session;
    }

    private static String identify(long at, String user, String plan) {
        return "{\"type\":6,\"timestamp\":" + at
                + ",\"data\":{\"plugin\":\"mimic/identify@1\",\"payload\":{\"user\":\"" + user
                + "\",\"traits\":{\"plan\":\"" + plan + "\"}}}}";
    }
}
