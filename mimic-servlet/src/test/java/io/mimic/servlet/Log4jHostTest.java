package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.MimicSetting.ServerLogs;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that logs into Log4j 2. */
class Log4jHostTest {
    private static final Logger SHOP = LogManager.getLogger("com.example.Shop");

    @TempDir
    Path folder;

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private HostServer host;

    @BeforeEach
    void speak() {
        Configurator.setRootLevel(Level.INFO);
    }

    @AfterEach
    void stop() throws Exception {
        if (host != null) {
            host.close();
        }
        Configurator.setRootLevel(Level.ERROR);
    }

    @Test
    void linesAtWarnAndAboveGoWithTheirRequestAndNameItsReplay() throws Exception {
        start(MimicConfig.defaults());
        UUID session = host.record();

        host.get("/api");

        assertThat(lines(host.await(session, "network", 1).get(0)))
                .containsExactly(
                        "WARN com.example.Shop stock of 17 is low; token=***",
                        "ERROR com.example.Shop no rate – java.lang.IllegalArgumentException");
        assertThat(seen).containsEntry("session", session.toString()).containsEntry("own", "kept");
        assertThat(seen.get("link")).startsWith(host.origin() + "/app/mimic/sessions/" + session);
    }

    @Test
    void levelIsTheHostsChoice() throws Exception {
        start(MimicConfig.defaults().with(MimicSetting.SERVER_LOGS, ServerLogs.ERROR));
        UUID session = host.record();

        host.get("/api");

        assertThat(lines(host.await(session, "network", 1).get(0)))
                .hasSize(1)
                .allMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void nothingListensOnceTheHostHasStopped() throws Exception {
        start(MimicConfig.defaults());
        assertThat(appenders()).contains("mimic");

        host.close();
        host = null;

        assertThat(appenders()).doesNotContain("mimic");
    }

    private static Iterable<String> appenders() {
        LoggerContext context = (LoggerContext) LogManager.getContext(Log4jHostTest.class.getClassLoader(), false);
        return context.getConfiguration().getRootLogger().getAppenders().keySet();
    }

    private void start(MimicConfig config) throws Exception {
        host = new HostServer(folder, config, Map.of("/api", new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) {
                ThreadContext.put("own", "kept");
                seen.putAll(Map.of(
                        "session", String.valueOf(ThreadContext.get("mimic.session")),
                        "link", String.valueOf(ThreadContext.get("mimic.link")),
                        "own", ThreadContext.get("own")));
                SHOP.info("not of interest");
                SHOP.warn("stock of {} is low; token=abc", 17);
                SHOP.error("no rate", new IllegalArgumentException("x"));
                ThreadContext.remove("own");
            }
        }));
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static List<String> lines(Map<String, Object> row) {
        Map<String, Object> server = (Map<String, Object>) row.get("server");
        return ((List<Map<String, Object>>) server.get("logs"))
                .stream()
                        .map(line -> line.get("level") + " " + line.get("logger") + " " + line.get("message"))
                        .toList();
    }
}
