package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** What of the host's requests reaches the session that they belong to, in a real container. */
class HostRequestsTest {
    private static final String PAGE = "<!doctype html><html><head><title>Hi</title></head><body>Hi</body></html>";

    @TempDir
    Path folder;

    private final Map<String, HttpServlet> servlets = new HashMap<>();
    private final Map<String, Object> seen = new ConcurrentHashMap<>();
    private HostServer host;

    @AfterEach
    void stop() throws Exception {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void firstPageJoinsTheSessionThatItBegins() throws Exception {
        start("/page", (request, response) -> page(response));
        HttpResponse<String> page = host.get("/page", "Accept", "text/html");

        UUID session = host.record(List.of(HostServer.served(page)), "Testing/1.0");

        Map<String, Object> row = host.await(session, "network", 1).get(0);
        assertThat(row)
                .containsEntry("method", "GET")
                .containsEntry("url", "http://localhost/app/page")
                .containsEntry("status", 200)
                .containsEntry("initiator", "document");
        assertThat(server(row)).containsEntry("route", "/page").containsEntry("handler", "servlet/page");
    }

    @Test
    void anotherBrowserDoesNotGetIt() throws Exception {
        start("/page", (request, response) -> page(response));
        HttpResponse<String> page = host.get("/page", "Accept", "text/html");
        UUID stranger = host.record(List.of(HostServer.served(page)), "Another/1.0");
        UUID own = host.record(List.of(HostServer.served(page)), "Testing/1.0");

        host.await(own, "network", 1);

        assertThat(host.timeline(stranger, "network")).isEmpty();
    }

    @Test
    void exceptionIsKeptWithItsStackAndTheLinesOfItsThread() throws Exception {
        start("/boom", (request, response) -> {
            Logger.getLogger("com.example.Shop").warning("stock of 17 is low; token=abc");
            LogManager.getLogger("com.example.Rates").error("no rate", new IllegalArgumentException("x"));
            Logger.getLogger("com.example.Shop").info("not of interest");
            Logger.getLogger("io.mimic.Own").warning("MIMIC's own");
            throw new ServletException("wrapped", new IllegalStateException("refused password=hunter2"));
        });
        UUID session = host.record();
        HttpResponse<String> answer =
                host.get("/boom", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(HostServer.served(answer))
                .as("on the container's own error page")
                .hasSize(22);
        Map<String, Object> row = host.await(session, "network", 1).get(0);
        assertThat(row)
                .containsEntry("status", 500)
                .containsEntry("failed", true)
                .containsEntry("traceId", "0af7651916cd43dd8448eb211c80319c");
        Map<String, Object> exception = member(server(row), "exception");
        assertThat(exception)
                .containsEntry("type", "java.lang.IllegalStateException")
                .containsEntry("message", "refused password=***");
        assertThat(String.valueOf(exception.get("stack")))
                .startsWith(
                        "java.lang.IllegalStateException: refused password=***\n\tat io.mimic.servlet.HostRequestsTest.")
                .contains("org.apache.catalina.core.ApplicationFilterChain");
        assertThat(lines(row))
                .containsExactly(
                        "WARN com.example.Shop stock of 17 is low; token=***",
                        "ERROR com.example.Rates no rate – java.lang.IllegalArgumentException");
    }

    @Test
    void asynchronousRequestIsToldOnceItHasEnded() throws Exception {
        start("/later", (request, response) -> {
            AsyncContext later = request.startAsync();
            later.start(() -> {
                ((HttpServletResponse) later.getResponse()).setStatus(202);
                seen.put("thread", String.valueOf(ThreadContext.get("mimic.session")));
                later.complete();
            });
        });
        UUID session = host.record();

        assertThat(host.get("/later").statusCode()).isEqualTo(202);

        List<Map<String, Object>> rows = host.await(session, "network", 1);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).containsEntry("status", 202);
        assertThat(seen).containsEntry("thread", "null");
    }

    @Test
    void asynchronousDispatchBelongsToItsRequest() throws Exception {
        start("/again", (request, response) -> {
            if (request.getAttribute("again") == null) {
                request.setAttribute("again", true);
                AsyncContext later = request.startAsync();
                later.start(later::dispatch);
            } else {
                seen.put("session", MimicSession.current().id());
                seen.put("mdc", ThreadContext.get("mimic.session"));
                page(response);
            }
        });
        UUID session = host.record();
        host.get("/again");

        assertThat(host.await(session, "network", 1)).hasSize(1);
        assertThat(seen).containsEntry("session", Optional.of(session)).containsEntry("mdc", session.toString());
    }

    @Test
    void hostIsToldWhichReplayShowsItsUser() throws Exception {
        start("/api", (request, response) -> {
            MimicSession current = MimicSession.current();
            seen.put("id", current.id());
            seen.put("link", current.link());
            seen.put("same", MimicSession.of(request).id());
            seen.put("session", ThreadContext.get("mimic.session"));
            seen.put("mimic.link", ThreadContext.get("mimic.link"));
            seen.put("slf4j", MDC.get("mimic.session"));
            current.identify("ann", Map.of("plan", "pro", "password", "x"));
            current.event("paid", Map.of("total", 12));
        });
        UUID session = host.record();
        host.get("/api");

        assertThat(seen)
                .containsEntry("id", Optional.of(session))
                .containsEntry("same", Optional.of(session))
                .containsEntry("session", session.toString());
        String link = ((Optional<?>) seen.get("link")).orElseThrow().toString();
        assertThat(link).matches(host.origin() + "/app/mimic/sessions/" + session + "\\?t=\\d+");
        assertThat(seen).containsEntry("mimic.link", link);
        assertThat(host.await(session, "events", 1).get(0))
                .containsEntry("name", "paid")
                .containsEntry("data", Map.of("total", 12));
        assertThat(host.await(session, "identify", 1).get(0))
                .containsEntry("user", "ann")
                .containsEntry("traits", Map.of("plan", "pro", "password", "***"));
        assertThat(MimicSession.current().id()).isEmpty();
        assertThat(seen).containsEntry("slf4j", session.toString());
        assertThat(ThreadContext.get("mimic.session")).isNull();
    }

    @Test
    void whereNobodyIsRecordedNothingHappens() throws Exception {
        start("/api", (request, response) -> {
            MimicSession.current().identify("ann");
            MimicSession.current().event("paid");
            MimicSession.current().suppress();
            seen.put("id", MimicSession.current().id());
            seen.put("link", MimicSession.of(request).link());
        });
        assertThat(host.get("/api").headers().firstValue("Server-Timing")).isEmpty();
        assertThat(seen).containsEntry("id", Optional.empty()).containsEntry("link", Optional.empty());
    }

    @Test
    void suppressedPageIsNotRecorded() throws Exception {
        start("/page", (request, response) -> {
            if (request.getParameter("secret") != null) {
                MimicSession.current().suppress();
                MimicSession.current().event("unheard");
                Logger.getLogger("com.example").warning("unheard");
            }
            page(response);
        });
        assertThat(host.get("/page", "Accept", "text/html").body()).contains("data-mimic-project");
        UUID session = host.record();
        assertThat(host.get("/page?secret=1", "Accept", "text/html").body()).isEqualTo(PAGE);
        host.get("/page", "Accept", "text/html");

        assertThat(host.await(session, "network", 1)).hasSize(1);
        assertThat(host.timeline(session, "events")).isEmpty();
    }

    @Test
    void filesOfAPageAreLeftOutUnlessTheyFail() throws Exception {
        start("/style.css", (request, response) -> {
            response.setContentType("text/css");
            response.setStatus(request.getParameter("bad") == null ? 200 : 500);
        });
        UUID session = host.record();
        host.get("/style.css");
        host.get("/style.css?bad=1");

        assertThat(host.await(session, "network", 1))
                .extracting(row -> row.get("status"))
                .containsExactly(500);
    }

    @Test
    void switchedOffItKeepsAndAddsNothing() throws Exception {
        MimicConfig off = MimicConfig.defaults().with(MimicSetting.SERVER_CAPTURE, false);
        start(off, "/api", (request, response) -> {
            seen.put("id", MimicSession.current().id());
            MimicSession.current().event("still told");
        });
        assertThat(host.get("/api", "Accept", "text/html").headers().firstValue("Server-Timing"))
                .isEmpty();
        UUID session = host.record();
        assertThat(host.get("/api").headers().firstValue("Server-Timing")).isEmpty();

        assertThat(host.await(session, "events", 1)).hasSize(1);
        assertThat(seen).containsEntry("id", Optional.of(session));
        assertThat(host.timeline(session, "network")).isEmpty();
    }

    @Test
    void excludedPathsAreLeftAlone() throws Exception {
        MimicConfig config = MimicConfig.defaults().with(MimicSetting.SERVER_EXCLUDE, List.of("/internal/**"));
        start(
                config,
                "/internal/x",
                (request, response) -> seen.put("id", MimicSession.current().id()));
        host.record();
        assertThat(host.get("/internal/x").headers().firstValue("Server-Timing"))
                .isEmpty();
        assertThat(seen).containsEntry("id", Optional.empty());
    }

    @Test
    void forgedCookieBelongsToNoSession() throws Exception {
        start(
                "/api",
                (request, response) -> seen.put("id", MimicSession.current().id()));
        String name = "mimic_session_" + host.project().substring(0, 8);
        host.get("/api", "Cookie", name + "=" + "A".repeat(75));
        assertThat(seen).containsEntry("id", Optional.empty());
    }

    @Test
    void nothingListensOnceTheHostHasStopped() throws Exception {
        start("/api", (request, response) -> page(response));
        assertThat(listeners()).containsExactly(true, true);
        host.close();
        host = null;
        assertThat(listeners()).containsExactly(false, false);
    }

    private static List<Boolean> listeners() {
        LoggerContext log4j = (LoggerContext) LogManager.getContext(HostRequestsTest.class.getClassLoader(), false);
        return List.of(
                Arrays.stream(Logger.getLogger("").getHandlers()).anyMatch(JulTap.class::isInstance),
                log4j.getConfiguration().getRootLogger().getAppenders().containsKey("mimic"));
    }

    private void start(String path, Answer answer) throws Exception {
        start(MimicConfig.defaults(), path, answer);
    }

    private void start(MimicConfig config, String path, Answer answer) throws Exception {
        Logger.getLogger("").setLevel(Level.INFO);
        servlets.put(path, new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                answer.give(request, response);
            }
        });
        host = new HostServer(folder, config, servlets);
    }

    private static void page(HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        response.getWriter().write(PAGE);
    }

    private static Map<String, Object> server(Map<String, Object> row) {
        return member(row, "server");
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static Map<String, Object> member(Map<String, Object> row, String name) {
        return (Map<String, Object>) row.get(name);
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static List<String> lines(Map<String, Object> row) {
        return ((List<Map<String, Object>>) server(row).get("logs"))
                .stream()
                        .map(line -> line.get("level") + " " + line.get("logger") + " " + line.get("message"))
                        .toList();
    }

    @FunctionalInterface
    private interface Answer {
        void give(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }
}
