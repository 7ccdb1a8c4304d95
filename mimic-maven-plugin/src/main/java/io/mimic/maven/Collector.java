package io.mimic.maven;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.project.Origins;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A MIMIC on another host, as the plugin talks to it. Never keeps the password, never says it. */
final class Collector {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI mount;
    private final HttpClient client;

    private Collector(URI mount, HttpClient client) {
        this.mount = mount;
        this.client = client;
    }

    /**
     * @param text address of the collector's mount path, or of its host
     * @throws CollectorException when there is no MIMIC, or a password would travel unprotected
     */
    static Collector connect(String text, HttpClient client) throws CollectorException {
        URI address = address(text);
        Collector collector = new Collector(address, client);
        if (collector.isMimic()) {
            return collector;
        }
        Collector below = new Collector(URI.create(address + "/mimic"), client);
        if (below.isMimic()) {
            return below;
        }
        throw new CollectorException(
                address + "/api/health is not answered by MIMIC; give the address of its dashboard.");
    }

    /** @throws CollectorException when it is no URL, or a password would travel to it unprotected */
    static URI address(String text) throws CollectorException {
        URI address = url(text);
        String host = address.getHost();
        boolean safe = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && host != null && LOOPBACK.contains(host));
        if (host == null || !safe || address.getRawQuery() != null || address.getRawUserInfo() != null) {
            throw new CollectorException(text
                    + " must be an https URL such as https://mimic.example.org/mimic (http only for localhost), since a "
                    + "password is sent to it.");
        }
        return address;
    }

    /** What somebody wrote as a collector's address. */
    static URI url(String text) throws CollectorException {
        try {
            return URI.create(trimmed(text));
        } catch (IllegalArgumentException e) {
            throw new CollectorException(
                    "\"" + text + "\" is no URL; it must be such as https://mimic.example.org/mimic.");
        }
    }

    /** Whether an address that was given leads to the collector that was found there once, as {@link #connect} finds it. */
    static boolean same(String given, String found) {
        String address = trimmed(given);
        return found.equals(address) || found.equals(address + "/mimic");
    }

    private static String trimmed(String address) {
        return address.trim().replaceFirst("/+$", "");
    }

    String url() {
        return mount.toString();
    }

    String origin() {
        return mount.getScheme() + "://" + mount.getRawAuthority();
    }

    /** Whether projects can be registered with this token. */
    boolean takes(String token) throws CollectorException {
        // without a name nothing is registered: the token is looked at first
        HttpResponse<String> answer = post(token, Map.of("id", "", "name", "", "password", ""));
        int status = answer.statusCode();
        if (status != 400 && status != 403) {
            throw refusal(answer, json(answer));
        }
        return status == 400;
    }

    /**
     * Registers a project, or finds the one of this name and password.
     *
     * @param origins whose pages may send into it; one that is found has them added
     * @throws CollectorException telling what is wrong
     */
    Found register(String id, String name, String password, String token, Origins origins) throws CollectorException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("name", name);
        body.put("password", password);
        body.put("origins", List.copyOf(origins.all()));
        HttpResponse<String> answer = post(token, body);
        Map<String, Object> json = json(answer);
        if (answer.statusCode() / 100 != 2) {
            throw refusal(answer, json);
        }
        if (json.get("id") instanceof String known && known.matches("[A-Za-z0-9_-]{1,64}")) {
            return new Found(known, json.get("origins") instanceof List<?> all && !all.isEmpty());
        }
        throw new CollectorException(mount + "/api/projects answered without the project's id.");
    }

    private CollectorException refusal(HttpResponse<String> answer, Map<String, Object> json) {
        int status = answer.statusCode();
        String detail = json.get("detail") instanceof String told && !told.isBlank()
                ? told
                : mount + "/api/projects answered " + status + ".";
        String wait = answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> status == 429 && seconds.matches("\\d{1,9}"))
                .map(seconds -> " The collector lets this address try again in " + seconds + " s.")
                .orElse("");
        return new CollectorException(detail + wait, status == 400 && "password".equals(json.get("field")));
    }

    private boolean isMimic() throws CollectorException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(mount + "/api/health")).GET());
        Map<String, Object> health = json(answer);
        return health.containsKey("status") && health.get("stores") instanceof Map && health.containsKey("recording");
    }

    private HttpResponse<String> post(String token, Map<String, ?> body) throws CollectorException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(mount + "/api/projects"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.std.asString(body)));
            return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
        } catch (IOException e) {
            throw new CollectorException("The registration cannot be written: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CollectorException("The registration token has characters that no header can carry.");
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws CollectorException {
        try {
            return client.send(
                    request.timeout(PATIENCE)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CollectorException(mount + " cannot be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectorException("Interrupted while " + mount + " was asked.");
        }
    }

    private static Map<String, Object> json(HttpResponse<String> answer) {
        try {
            return JSON.std.mapFrom(answer.body());
        } catch (IOException e) {
            // something else than MIMIC has answered
            return Map.of();
        }
    }

    /**
     * A project of the collector.
     *
     * @param id public id
     * @param hasOrigins whether it says itself whose pages may send
     */
    record Found(String id, boolean hasOrigins) {}

    /** The collector does not do what was asked; the message is for people. */
    static final class CollectorException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean passwordAlone;

        CollectorException(String message) {
            this(message, false);
        }

        CollectorException(String message, boolean passwordAlone) {
            super(message);
            this.passwordAlone = passwordAlone;
        }

        /** Whether another password would do. */
        boolean passwordAlone() {
            return passwordAlone;
        }
    }
}
