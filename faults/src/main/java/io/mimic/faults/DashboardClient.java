package io.mimic.faults;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads MIMIC's API as the dashboard does, logged in to the project. */
final class DashboardClient {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String api;
    private String cookie = "";

    DashboardClient(String address) {
        this.api = address + "/mimic/api";
    }

    /** @throws IOException when the answer is not 204 */
    void login(String project, String password) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(api + "/login"))
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(JSON.std.asString(Map.of("project", project, "password", password)))));
        if (answer.statusCode() != 204) {
            throw new IOException("The login was answered with " + answer.statusCode());
        }
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        cookie = set.substring(0, set.indexOf(';'));
    }

    /** Whether a session has not ended. */
    boolean anyActive() throws IOException, InterruptedException {
        Map<String, Object> page = JSON.std.mapFrom(get("/sessions?state=active&limit=1"));
        return page.get("next") != null || !((List<?>) Objects.requireNonNull(page.get("items"))).isEmpty();
    }

    /** Every item of the list. */
    List<Map<String, Object>> sessions() throws IOException, InterruptedException {
        List<Map<String, Object>> all = new ArrayList<>();
        Object next = "";
        while (next != null) {
            String cursor = next.equals("") ? "" : "&cursor=" + next;
            Map<String, Object> page = JSON.std.mapFrom(get("/sessions?limit=200" + cursor));
            for (Object item : (List<?>) Objects.requireNonNull(page.get("items"))) {
                @SuppressWarnings("unchecked") // an object's names are texts
                Map<String, Object> session = (Map<String, Object>) item;
                all.add(session);
            }
            next = page.get("next");
        }
        return all;
    }

    /** @throws IOException when the answer is not 200 */
    byte[] get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                send(HttpRequest.newBuilder(URI.create(api + path)).header("Cookie", cookie));
        if (answer.statusCode() != 200) {
            throw new IOException(path + " was answered with " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
    }
}
