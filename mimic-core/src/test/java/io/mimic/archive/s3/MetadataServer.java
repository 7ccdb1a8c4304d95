package io.mimic.archive.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gives keys as a machine's and a container's metadata service do: over HTTP, for a short time, and at the machine's address only to who brings the token that it
 * gave before.
 */
final class MetadataServer implements AutoCloseable {
    private static final String MACHINE = "/latest/meta-data/iam/security-credentials/";
    private static final String CONTAINER = "/container";

    final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final HttpServer http;
    private final String accessKey;
    private final String secretKey;
    private volatile Duration validity = Duration.ofHours(1);
    private volatile boolean down;

    private MetadataServer(HttpServer http, String accessKey, String secretKey) {
        this.http = http;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    static MetadataServer start(String accessKey, String secretKey) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MetadataServer server = new MetadataServer(http, accessKey, secretKey);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** What a container is told in {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}. */
    String containerUri() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + CONTAINER;
    }

    /** Takes what is meant for the address that every machine of the cloud has, and nothing else. */
    ProxySelector wayToMachine() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(
                        uri.getHost().equals("169.254.169.254")
                                ? new Proxy(Proxy.Type.HTTP, http.getAddress())
                                : Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                throw new AssertionError(uri + " cannot be reached", failure);
            }
        };
    }

    void validity(Duration time) {
        validity = time;
    }

    void down(boolean now) {
        down = now;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        requests.add(request);
        boolean tokenBrought = "imds-token".equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"));
        String body = switch (request) {
            case "PUT /latest/api/token" -> "imds-token";
            case "GET " + MACHINE -> tokenBrought ? "shop-role" : "";
            case "GET " + MACHINE + "shop-role" -> tokenBrought ? keys() : "";
            case "GET " + CONTAINER -> keys();
            default -> "";
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(down ? 503 : body.isEmpty() ? 401 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String keys() {
        return "{\"Code\":\"Success\",\"AccessKeyId\":\"" + accessKey + "\",\"SecretAccessKey\":\"" + secretKey
                + "\",\"Token\":\"session-token\",\"Expiration\":\""
                + Instant.now().plus(validity).truncatedTo(ChronoUnit.SECONDS) + "\"}";
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
