package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What registering a project answers when it is refused. */
class RegistrationApiTest {
    @Test
    void aRefusalNamesTheFieldOrHowLongToWait(@TempDir Path folder) throws Exception {
        try (DashboardServer server = new DashboardServer(folder, Clock.systemUTC())) {
            HttpResponse<byte[]> weak = register(server, "token", "new", "weak");
            assertThat(weak.statusCode()).isEqualTo(400);
            assertThat(text(weak)).contains("\"field\":\"password\"");
            assertThat(text(register(server, "token", " ", "correct horse battery")))
                    .contains("\"field\":\"name\"");

            HttpResponse<byte[]> taken = register(server, "token", "other", "a wrong password");
            assertThat(taken.statusCode()).isEqualTo(409);
            assertThat(text(taken)).contains("password is another").doesNotContain("field");

            for (int i = 0; i < 10; i++) {
                assertThat(register(server, "guess" + i, "new", "correct horse battery")
                                .statusCode())
                        .isEqualTo(403);
            }
            HttpResponse<byte[]> throttled = register(server, "token", "new", "correct horse battery");
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 300L);
            assertThat(text(throttled)).contains("Try again in");
        }
    }

    private static HttpResponse<byte[]> register(DashboardServer server, String token, String name, String password) {
        return server.send(server.to("/api/projects")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}")));
    }
}
