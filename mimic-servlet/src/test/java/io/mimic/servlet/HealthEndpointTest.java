package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.MimicConfig;
import io.mimic.MimicHealth;
import io.mimic.MimicLosses;
import io.mimic.store.StoreHealth;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
    private static final StoreHealth UP = StoreHealth.up(null);

    private final PlainResponse response = new PlainResponse("text/plain", "UTF-8");

    @Test
    void answers200WhereSessionsAreRecorded() throws IOException {
        assertThat(ask(UP, null))
                .startsWith("{\"status\":\"UP\"")
                .contains(
                        "\"recording\":{\"enabled\":true",
                        "\"storeErrors\":{\"buffer\":0,",
                        "\"serverEventsDropped\":0");
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void answers503UntilBatchesAreTakenThoughAllStoresAreOpen() throws IOException {
        assertThat(ask(UP, "MIMIC is starting."))
                .startsWith("{\"status\":\"DEGRADED\"")
                .contains("\"recording\":{\"enabled\":false,\"reason\":\"MIMIC is starting.\"}");
        assertThat(response.getStatus()).isEqualTo(503);
    }

    @Test
    void answers503WhileAStoreIsDownAndSaysNoMore() throws IOException {
        assertThat(ask(StoreHealth.down("Redis at redis.inside:6379 is gone"), null))
                .startsWith("{\"status\":\"DOWN\"")
                .contains("\"buffer\":{\"status\":\"DOWN\",\"detail\":null}")
                .doesNotContain("inside");
        assertThat(response.getStatus()).isEqualTo(503);
    }

    @Test
    void tellsTheServersAdminWhatTheStoresSay() throws IOException {
        String reason = "MIMIC's data directory /srv/mimic is held by process 7 on node-3 since 2026-11-26T00:00:00Z.";
        HealthEndpoint health = endpoint(StoreHealth.down("Redis at redis.inside:6379 is gone"), reason);

        health.details(exchange());

        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .startsWith("{\"status\":\"DOWN\"")
                .contains("redis.inside:6379", "/srv/mimic", "node-3");
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void tellsAnybodyWhichSettingsAndWhichProcessNothingElse() throws IOException {
        String reason = "MIMIC's data directory /srv/mimic is held by process 7 on node-3 since 2026-11-26T00:00:00Z."
                + " Set mimic.data-dir to another folder, or stop that process. See mimic.example/x.";

        assertThat(ask(UP, reason))
                .contains("The data directory is held by process 7. Look at mimic.data-dir. The server's log says")
                .doesNotContain("/srv", "node-3", "mimic.example");
    }

    private String ask(StoreHealth buffer, @Nullable String reason) throws IOException {
        endpoint(buffer, reason).get(exchange());
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static HealthEndpoint endpoint(StoreHealth buffer, @Nullable String reason) {
        return new HealthEndpoint(
                () -> new MimicHealth("1", buffer, UP, UP, reason, MimicLosses.NONE), Optional::empty);
    }

    private Exchange exchange() {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> null);
        return new Exchange(request, response, new ExternalView(MimicConfig.defaults()), "/mimic", "/api/health");
    }
}
