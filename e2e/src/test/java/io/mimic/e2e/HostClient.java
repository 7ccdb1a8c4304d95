package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser, as far as its headers and cookies go, at one host. */
final class HostClient {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final String base;
    private String authorization = "";

    /** @param base such as {@code http://localhost:8080/shop} */
    HostClient(String base) {
        this.base = base;
    }

    /** With this header from now on; without it when empty. */
    HostClient authorized(String header) {
        authorization = header;
        return this;
    }

    /** Goes to a page. */
    HttpResponse<String> open(String path) {
        return send(request(path).header("Sec-Fetch-Dest", "document").header("Accept", "text/html,*/*;q=0.8"));
    }

    /** What a script gets. */
    HttpResponse<String> fetch(String path) {
        return send(request(path)
                .header("Sec-Fetch-Dest", "empty")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Accept", "application/json"));
    }

    HttpResponse<String> postForm(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> postJson(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(json)));
    }

    /** What the recorder sends first, as a beacon: no header of its own. */
    HttpResponse<String> postBatch(String project) {
        long now = System.currentTimeMillis();
        String batch = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"abcdefgh\",\"page\":\""
                + "0123456789abcdef0123456789abcdef\",\"seq\":0,\"sentAt\":" + now
                + ",\"meta\":{\"url\":\"http://localhost/\"},\"events\":[{\"type\":4,\"timestamp\":" + now
                + ",\"data\":{\"href\":\"http://localhost/\",\"width\":1,\"height\":1}}]}";
        return send(request("/mimic/ingest")
                .header("Content-Type", "text/plain")
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-Forwarded-For", "203.0.113.9")
                .POST(BodyPublishers.ofString(batch)));
    }

    /** Fills in the host's login form. */
    HttpResponse<String> logIn(String user) {
        return postForm("/login", "username=" + user + "&password=kettle&_csrf=" + csrfToken());
    }

    /** Of the host's login form, encoded. */
    String csrfToken() {
        String page = open("/login").body();
        Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
