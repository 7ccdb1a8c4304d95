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
    void answers503WhileAStoreIsDown() throws IOException {
        assertThat(ask(StoreHealth.down("gone"), null))
                .startsWith("{\"status\":\"DOWN\"")
                .contains("gone");
        assertThat(response.getStatus()).isEqualTo(503);
    }

    private String ask(StoreHealth buffer, @Nullable String reason) throws IOException {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> null);
        Exchange exchange =
                new Exchange(request, response, new ExternalView(MimicConfig.defaults()), "/mimic", "/api/health");
        new HealthEndpoint(() -> new MimicHealth("1", buffer, UP, UP, reason, MimicLosses.NONE), Optional::empty)
                .get(exchange);
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
