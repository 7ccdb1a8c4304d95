package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.project.Project;
import io.mimic.project.RegistrationException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST {mount}/api/projects}: registers a project with this collector. */
final class RegistrationEndpoint {
    private static final int MAX_BODY = 16 * 1024;
    private static final String BEARER = "Bearer ";

    private final Mimic mimic;
    private final SecureRandom random = new SecureRandom();

    RegistrationEndpoint(Mimic mimic) {
        this.mimic = mimic;
    }

    void post(Exchange exchange) throws IOException {
        Map<String, Object> body = exchange.readJson(MAX_BODY);
        String token = exchange.header("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).trim())
                .orElseGet(() -> text(body, "token"));
        String id = text(body, "id");
        try {
            Project project = mimic.projects()
                    .register(
                            id.isEmpty() ? newId() : id,
                            text(body, "name"),
                            text(body, "password"),
                            token,
                            texts(body, "origins"),
                            exchange.clientAddress());
            exchange.json(201, answer(project));
        } catch (RegistrationException e) {
            refuse(exchange, e);
        }
    }

    private static void refuse(Exchange exchange, RegistrationException e) throws IOException {
        if (e.retryAfterSeconds() > 0) {
            exchange.response().setHeader("Retry-After", String.valueOf(e.retryAfterSeconds()));
        }
        Map<String, String> field = e.field().map(name -> Map.of("field", name)).orElse(Map.of());
        exchange.problem(status(e.reason()), title(e.reason()), String.valueOf(e.getMessage()), field);
    }

    private String newId() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, Object> answer(Project project) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", project.id());
        answer.put("name", project.name());
        answer.put("origins", List.copyOf(project.origins().all()));
        return answer;
    }

    private static List<String> texts(Map<String, Object> body, String name) {
        Object value = body.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new ProblemException(400, "Malformed registration", name + " must be a list of texts.");
    }

    private static String text(Map<String, Object> body, String name) {
        Object value = body.get(name);
        if (value != null && !(value instanceof String)) {
            throw new ProblemException(400, "Malformed registration", name + " must be a text.");
        }
        return value == null ? "" : (String) value;
    }

    private static int status(RegistrationException.Reason reason) {
        return switch (reason) {
            case TOKEN_WRONG -> 403;
            case NAME_TAKEN, CONFIGURED -> 409;
            case MALFORMED, UNKNOWN -> 400;
            case THROTTLED -> 429;
        };
    }

    private static String title(RegistrationException.Reason reason) {
        return switch (reason) {
            case TOKEN_WRONG -> "Registration refused";
            case NAME_TAKEN, CONFIGURED -> "Name taken";
            case MALFORMED, UNKNOWN -> "Malformed registration";
            case THROTTLED -> "Too many tries";
        };
    }
}
