package io.mimic.servlet;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.awaitility.Awaitility;

/** A webapp at /app on a real Tomcat with MIMIC in it, and a browser that speaks to it. */
final class HostServer implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Tomcat tomcat = new Tomcat();
    private final Mimic mimic;
    private String cookie = "";

    HostServer(Path folder, MimicConfig config, Map<String, HttpServlet> servlets) throws Exception {
        mimic = Mimic.builder(config.with(
                        MimicSetting.DATA_DIR, folder.resolve("data").toString()))
                .start();
        tomcat.setBaseDir(folder.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/app", folder.toString());
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        servlets.forEach((path, servlet) -> {
            Tomcat.addServlet(context, "servlet" + path, servlet).setAsyncSupported(true);
            context.addServletMappingDecoded(path, "servlet" + path);
        });
        FilterDef filter = new FilterDef();
        filter.setFilterName("mimic");
        filter.setFilter(new MimicFilter(mimic));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap all = new FilterMap();
        all.setFilterName("mimic");
        all.addURLPattern("/*");
        for (DispatcherType dispatch : MimicFilter.dispatcherTypes()) {
            all.setDispatcher(dispatch.name());
        }
        context.addFilterMap(all);
        tomcat.start();
        Awaitility.await().atMost(LONG).until(() -> mimic.projects().own().isPresent());
    }

    Mimic mimic() {
        return mimic;
    }

    String origin() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    String project() {
        return mimic.projects().own().orElseThrow().id();
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin() + "/app" + path)).header("User-Agent", "Testing/1.0");
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Id that the answer carries; empty without one. */
    static String served(HttpResponse<?> answer) {
        return answer.headers().firstValue("Server-Timing").orElse("").replace("mimic;desc=", "");
    }

    /** Begins a session as a page's recorder does, which had these answers before. */
    UUID record(List<String> served, String userAgent) throws Exception {
        long now = System.currentTimeMillis();
        String batch = "{\"v\":1,\"project\":\"" + project() + "\",\"window\":\"w-12345678\",\"page\":\""
                + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":" + now + ",\"server\":"
                + JSON.std.asString(served)
                + ",\"meta\":{\"url\":\"http://localhost/app/page\"},\"events\":[{\"type\":4,\"timestamp\":" + now
                + ",\"data\":{\"href\":\"http://localhost/app/page\",\"width\":1,\"height\":1}}]}";
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(origin() + "/app/mimic/ingest"))
                        .header("User-Agent", userAgent)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(batch))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.body());
        }
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        UUID session = UUID.fromString((String) JSON.std.mapFrom(answer.body()).get("session"));
        Awaitility.await().atMost(LONG).until(() -> mimic.sessions().exists(project(), session));
        return session;
    }

    UUID record() throws Exception {
        return record(List.of(), "Testing/1.0");
    }

    @SuppressWarnings("unchecked") // the timeline's lists hold objects
    List<Map<String, Object>> timeline(UUID session, String list) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            mimic.sessions().writeTimeline(project(), session, out);
            return (List<Map<String, Object>>)
                    JSON.std.mapFrom(out.toByteArray()).get(list);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits for rows of the timeline. */
    List<Map<String, Object>> await(UUID session, String list, int rows) {
        Awaitility.await().atMost(LONG).until(() -> timeline(session, list).size() >= rows);
        return timeline(session, list);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        mimic.close();
    }
}
