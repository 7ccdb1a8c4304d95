package io.mimic.dashboard;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.servlet.MimicFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.awaitility.Awaitility;

/** A webapp at /shop on a real Tomcat with real embedded stores, and two projects: shop and other. */
final class DashboardServer implements AutoCloseable {
    static final String PASSWORD = "kettle-and-7-cups";
    static final String OTHER_PASSWORD = "another-9-secrets";
    static final String VIEWER_PASSWORD = "only-4-watching";

    private static final String MOUNT = "/shop/mimic";
    private static final OpenApi DESCRIPTION = new OpenApi();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final Tomcat tomcat = new Tomcat();
    private final Mimic mimic;

    DashboardServer(Path folder, Clock clock) throws Exception {
        this(folder, clock, config -> config);
    }

    DashboardServer(Path folder, Clock clock, UnaryOperator<MimicConfig> more) throws Exception {
        this(folder, clock, more, context -> {});
    }

    /** @param host what else the webapp has, its login for one */
    DashboardServer(Path folder, Clock clock, UnaryOperator<MimicConfig> more, Consumer<Context> host)
            throws Exception {
        MimicConfig config = more.apply(MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, folder.resolve("data").toString())
                .with(MimicSetting.PROJECT_NAME, "shop")
                .with(MimicSetting.PROJECT_ID, "p_shop")
                .with(MimicSetting.PROJECT_PASSWORD, PASSWORD)
                .with(MimicSetting.PROJECT_VIEWER_PASSWORD, VIEWER_PASSWORD)
                .with(MimicSetting.REGISTRATION_TOKEN, "token"));
        mimic = Mimic.builder(config).clock(clock).start();
        tomcat.setBaseDir(folder.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/shop", folder.toString());
        Tomcat.addDefaultMimeTypeMappings(context);
        Tomcat.addServlet(context, "host", new DefaultServlet());
        context.addServletMappingDecoded("/", "host");
        FilterDef filter = new FilterDef();
        filter.setFilterName("mimic");
        filter.setFilter(new MimicFilter(mimic));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap all = new FilterMap();
        all.setFilterName("mimic");
        all.addURLPattern("/*");
        context.addFilterMap(all);
        host.accept(context);
        tomcat.start();
        Awaitility.await().until(() -> mimic.projects().own().isPresent());
        mimic.projects().register("p_other", "other", OTHER_PASSWORD, "token", List.of(), "127.0.0.1");
    }

    Mimic mimic() {
        return mimic;
    }

    String origin() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    /** A request below /shop/mimic; the path is sent as it is. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + MOUNT + path));
    }

    /** Every answer has to be as docs/openapi.json says. */
    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            HttpRequest asked = request.build();
            HttpResponse<byte[]> answer = CLIENT.send(asked, BodyHandlers.ofByteArray());
            String address = asked.uri().toString();
            DESCRIPTION.check(asked.method(), address.substring(address.indexOf(MOUNT) + MOUNT.length()), answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(String path, String cookie) {
        HttpRequest.Builder request = to(path).header("Accept", "application/json");
        return send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
    }

    /** As a program asks; {@code who} is a cookie or a token. */
    HttpResponse<byte[]> as(String who, String method, String path, String json) {
        HttpRequest.Builder request = to(path).header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!who.isEmpty()) {
            request.header(
                    who.startsWith("mimic_dashboard=") ? "Cookie" : "Authorization",
                    who.startsWith("mimic_dashboard=") ? who : "Bearer " + who);
        }
        return send(request);
    }

    /** @param rights such as {@code "read","export"} */
    String token(String cookie, String rights) {
        HttpResponse<byte[]> made =
                as(cookie, "POST", "/api/tokens", "{\"name\":\"script\",\"rights\":[" + rights + "],\"days\":7}");
        return (String) json(made).get("secret");
    }

    HttpResponse<byte[]> post(String path, String json) {
        return send(to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<byte[]> login(String project, String password) {
        return post("/api/login", "{\"project\":\"" + project + "\",\"password\":\"" + password + "\"}");
    }

    /** @return the login's cookie as a browser sends it */
    String cookie(String project, String password) {
        String set = login(project, password).headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    /** Records a session of one page with some events, and waits until it is listed. */
    UUID record(String project, int events) {
        return record(project, events, "shop.example");
    }

    /** @param host of the page's address */
    UUID record(String project, int events, String host) {
        return record(project, events, host, "", "");
    }

    /**
     * @param user who is identified; empty: nobody
     * @param origin of the page; empty: a program sends it
     */
    UUID record(String project, int events, String host, String user, String origin) {
        long now = System.currentTimeMillis();
        StringBuilder batch =
                new StringBuilder("{\"v\":1,\"project\":\"" + project + "\",\"window\":\"w-12345678\",\"page\":\""
                        + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":" + now
                        + ",\"meta\":{\"url\":\"https://" + host + "/cart\",\"title\":\"Cart\"},\"events\":[");
        batch.append("{\"type\":4,\"timestamp\":" + now + ",\"data\":{\"href\":\"https://" + host
                + "/cart\",\"width\":800,\"height\":600}}");
        batch.append(
                ",{\"type\":2,\"timestamp\":" + now
                        + ",\"data\":{\"node\":{\"type\":0,\"childNodes\":[],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0}}}");
        for (int i = 0; i < events; i++) {
            batch.append(",{\"type\":3,\"timestamp\":" + (now + i)
                    + ",\"data\":{\"source\":1,\"positions\":[{\"x\":1,\"y\":2,\"id\":1,\"timeOffset\":0}]}}");
        }
        if (!user.isEmpty()) {
            batch.append(",{\"type\":6,\"timestamp\":" + now
                    + ",\"data\":{\"plugin\":\"mimic/identify@1\",\"payload\":{\"user\":\"" + user
                    + "\",\"traits\":{}}}}");
        }
        HttpRequest.Builder request = to("/ingest")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(batch.append("]}").toString()));
        HttpResponse<byte[]> answer = send(origin.isEmpty() ? request : request.header("Origin", origin));
        UUID session = UUID.fromString((String) json(answer).get("session"));
        Awaitility.await().until(() -> mimic.sessions().exists(project, session));
        return session;
    }

    /** Waits until these have ended and been archived. */
    void ended(String cookie, UUID... sessions) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Arrays.stream(sessions)
                        .noneMatch(session ->
                                text(get("/api/sessions/" + session, cookie)).contains("\"state\":\"active\"")));
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static Map<String, Object> json(HttpResponse<byte[]> answer) {
        try {
            return JSON.std.mapFrom(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(text(answer), e);
        }
    }

    /** Walks into an answer: names of members, and places in lists. */
    static Object json(HttpResponse<byte[]> answer, Object... path) {
        Object value = json(answer);
        for (Object step : path) {
            value = step instanceof Integer place ? ((List<?>) value).get(place) : ((Map<?, ?>) value).get(step);
        }
        return value;
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        mimic.close();
    }
}
