package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.mimic.servlet.AllRoutes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description and the server say the same. What each answer looks like is checked by {@link DashboardServer} in every test. */
class OpenApiTest {
    private final OpenApi description = new OpenApi();

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute(@TempDir Path folder) throws Exception {
        try (DashboardServer server = new DashboardServer(folder, Clock.systemUTC())) {
            List<String> routes = AllRoutes.of(server.mimic()).stream()
                    .filter(route -> route.contains(" /api/") || route.endsWith(" /ingest"))
                    .toList();

            assertThat(description.operations()).containsExactlyInAnyOrderElementsOf(routes);
            assertThat(text(server.get("/api/openapi.json", "")))
                    .isEqualTo(Files.readString(Path.of("../docs/openapi.json")));
        }
    }

    @Test
    void itIsOpenApi31AndEveryReferenceLeadsSomewhere() {
        assertThat(description.document().path("openapi").asText()).startsWith("3.1.");
        List<JsonNode> references = description.document().findValues("$ref");
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(description
                                .document()
                                .at(reference.asText().substring(1))
                                .isMissingNode())
                        .as(reference.asText())
                        .isFalse());
        description.operations().forEach(operation -> {
            String[] parts = operation.split(" ", 2);
            JsonNode described =
                    description.document().path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
            assertThat(described.path("summary").asText()).as(operation).isNotBlank();
            assertThat(described.path("responses").size()).as(operation).isPositive();
        });
    }

    @Test
    void anAnswerThatIsNotDescribedIsFound(@TempDir Path folder) throws Exception {
        try (DashboardServer server = new DashboardServer(folder, Clock.systemUTC())) {
            var health = server.get("/api/health", "");
            assertThat(catchThrowable(() -> description.check("GET", "/api/me", health)))
                    .isInstanceOf(AssertionError.class);
            assertThat(catchThrowable(() -> description.check("DELETE", "/api/tokens/1", health)))
                    .isInstanceOf(AssertionError.class);
        }
    }
}
