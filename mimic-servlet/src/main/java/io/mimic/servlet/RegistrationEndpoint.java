package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.project.Project;
import io.mimic.project.RegistrationException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
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
                    .register(id.isEmpty() ? newId() : id, text(body, "name"), text(body, "password"), token);
            exchange.json(201, Map.of("id", project.id(), "name", project.name()));
        } catch (RegistrationException e) {
            exchange.problem(status(e.reason()), title(e.reason()), String.valueOf(e.getMessage()));
        }
    }

    private String newId() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
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
            case NAME_TAKEN -> 409;
            case MALFORMED -> 400;
        };
    }

    private static String title(RegistrationException.Reason reason) {
        return switch (reason) {
            case TOKEN_WRONG -> "Registration refused";
            case NAME_TAKEN -> "Name taken";
            case MALFORMED -> "Malformed registration";
        };
    }
}
