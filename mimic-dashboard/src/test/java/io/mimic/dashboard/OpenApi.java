package io.mimic.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docs/openapi.json, as what every answer of a running server is held against. */
final class OpenApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig FORMATS =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode document;
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    OpenApi() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/META-INF/mimic-dashboard-api/openapi.json")) {
            document = MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** Method and path of each operation, such as {@code GET /api/me}. */
    List<String> operations() {
        List<String> all = new ArrayList<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return all;
    }

    /** @param path below the mount, with its query */
    void check(String method, String path, HttpResponse<byte[]> answer) {
        String plain = path.replaceFirst("\\?.*", "");
        // what the container refuses for its form never reaches MIMIC
        boolean refusedBefore = plain.contains("%00") && answer.statusCode() == 400;
        if (refusedBefore || (!plain.startsWith("/api") && !plain.equals("/ingest"))) {
            return;
        }
        String asked = method + " " + path + " answered " + answer.statusCode();
        boolean head = method.equals("HEAD");
        String described = head ? "get" : method.toLowerCase(Locale.ROOT);
        JsonNode operation = template(plain)
                .map(template -> document.path("paths").path(template).path(described))
                .filter(JsonNode::isObject)
                .orElse(null);
        if (operation == null) {
            assertThat(answer.statusCode()).as(asked).isIn(400, 403, 404, 405);
            if (!head) {
                checkContent(asked, "application/problem+json", reference("Problem"), answer);
            }
            return;
        }
        JsonNode response = resolved(operation.path("responses").path(String.valueOf(answer.statusCode())));
        assertThat(response.isObject())
                .as(asked + ", which docs/openapi.json does not say")
                .isTrue();
        if (head) {
            assertThat(answer.body()).as(asked).isEmpty();
            return;
        }
        if (!response.has("content")) {
            assertThat(answer.body()).as(asked).isEmpty();
            return;
        }
        Map.Entry<String, JsonNode> content = response.path("content").fields().next();
        if (content.getKey().equals("*/*")) {
            // a file as it was recorded
            return;
        }
        checkContent(asked, content.getKey(), content.getValue().path("schema"), answer);
    }

    private void checkContent(String asked, String type, JsonNode schema, HttpResponse<byte[]> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .as(asked)
                .startsWith(type);
        if (answer.headers().firstValue("Content-Encoding").isPresent()) {
            return;
        }
        try {
            assertThat(schemas.computeIfAbsent(schema, this::compiled).validate(MAPPER.readTree(answer.body())))
                    .as(asked)
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(asked, e);
        }
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode root = ((ObjectNode) schema).deepCopy();
        root.set("components", document.path("components"));
        return SCHEMAS.getSchema(root, FORMATS);
    }

    private static JsonNode reference(String schema) {
        return MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The more literal one, where several fit. */
    private Optional<String> template(String path) {
        List<String> all = new ArrayList<>();
        document.path("paths").fieldNames().forEachRemaining(all::add);
        Stream<String> literalFirst = Stream.concat(
                all.stream().filter(template -> !template.contains("{")),
                all.stream().filter(template -> template.contains("{")));
        return literalFirst
                .filter(template -> Pattern.matches(template.replaceAll("\\{\\w+}", "[^/]+"), path))
                .findFirst();
    }
}
