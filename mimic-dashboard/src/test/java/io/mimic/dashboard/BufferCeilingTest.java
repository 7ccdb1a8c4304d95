package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.json;
import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.MimicSetting;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.metric.Rejection;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What browsers are answered when Redis holds as much as {@code mimic.redis.max-bytes} allows. */
@Tag("servers")
class BufferCeilingTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void newSessionsAreRefusedForAWhileAndRunningOnesGoOn() throws Exception {
        try (RedisProcesses processes = RedisProcesses.none()) {
            String redis = RedisProcesses.node(processes.server());
            try (DashboardServer server = new DashboardServer(
                    folder,
                    Clock.systemUTC(),
                    config -> config.with(MimicSetting.BUFFER, MimicSetting.BufferKind.REDIS)
                            .with(MimicSetting.REDIS_NODES, List.of(redis))
                            .with(MimicSetting.REDIS_MAX_BYTES, 100L)
                            .with(MimicSetting.SINGLE_NODE, true)
                            .with(MimicSetting.SESSION_TIMEOUT, Duration.ofMinutes(10)))) {
                String page = page();
                HttpResponse<byte[]> first = post(server, page, 0);
                assertThat(first.statusCode()).as(text(first)).isEqualTo(202);
                Object session = json(first).get("session");
                Set<UUID> begun = ConcurrentHashMap.newKeySet();
                begun.add(UUID.fromString((String) session));

                HttpResponse<byte[]> refused = awaitStatus(server, 503, begun);

                assertThat(refused.headers().firstValue("Retry-After")).contains("5");
                assertThat(refused.headers().firstValue("Content-Type"))
                        .get()
                        .asString()
                        .startsWith("application/problem+json");
                assertThat(text(refused)).contains("No new session begins at this moment.");
                assertThat(server.mimic().metrics().counters().rejections(Rejection.FULL))
                        .isPositive();
                assertThat(server.mimic().metrics().counters().rejections(Rejection.STORE))
                        .isZero();
                assertThat(text(server.get("/api/admin/health", server.cookie("shop", DashboardServer.PASSWORD))))
                        .contains("mimic.redis.max-bytes");

                HttpResponse<byte[]> next = post(server, page, 1);
                assertThat(next.statusCode()).as(text(next)).isEqualTo(202);
                assertThat(json(next)).containsEntry("session", session);

                begun.forEach(id -> server.mimic().sessions().erase("p_shop", id));
                awaitStatus(server, 202, begun);
            }
        }
    }

    /** Sends batches of new pages until they are answered so: the ceiling is looked at every other second. */
    private static HttpResponse<byte[]> awaitStatus(DashboardServer server, int status, Set<UUID> begun) {
        return await().atMost(LONG)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> {
                            HttpResponse<byte[]> answer = post(server, page(), 0);
                            if (answer.statusCode() == 202) {
                                begun.add(UUID.fromString((String) json(answer).get("session")));
                            }
                            return answer;
                        },
                        answer -> answer.statusCode() == status);
    }

    private static HttpResponse<byte[]> post(DashboardServer server, String page, int seq) {
        long now = System.currentTimeMillis();
        return server.post(
                "/ingest",
                "{\"v\":1,\"project\":\"p_shop\",\"window\":\"w-12345678\",\"page\":\"" + page + "\",\"seq\":" + seq
                        + ",\"sentAt\":" + now + (seq == 0 ? ",\"meta\":{\"url\":\"https://shop.example/\"}" : "")
                        + ",\"events\":[{\"type\":4,\"timestamp\":" + now
                        + ",\"data\":{\"href\":\"https://shop.example/\",\"width\":800,\"height\":600}}]}");
    }

    private static String page() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
