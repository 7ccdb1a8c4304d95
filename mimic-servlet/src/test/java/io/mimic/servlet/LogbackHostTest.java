package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A host that logs through SLF4J into Logback. Runs with Logback as the only provider, in an execution of its own. */
class LogbackHostTest {
    private static final org.slf4j.Logger SHOP = LoggerFactory.getLogger("com.example.Shop");

    @TempDir
    Path folder;

    private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final ListAppender<ILoggingEvent> hostsOwn = new ListAppender<>();
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private HostServer host;

    @BeforeEach
    void listen() {
        hostsOwn.setContext(logback);
        hostsOwn.start();
        root().addAppender(hostsOwn);
    }

    @AfterEach
    void stop() throws Exception {
        root().detachAppender(hostsOwn);
        if (host != null) {
            host.close();
        }
    }

    @Test
    void linesAtWarnAndAboveGoWithTheirRequest() throws Exception {
        start(MimicConfig.defaults());
        UUID session = host.record();

        host.get("/api");

        assertThat(lines(host.await(session, "network", 1).get(0)))
                .containsExactly(
                        "WARN com.example.Shop stock of 17 is low; token=***",
                        "ERROR com.example.Shop no rate – java.lang.IllegalArgumentException");
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
    void everyLineOfTheHostCanNameItsReplay() throws Exception {
        start(MimicConfig.defaults());
        UUID session = host.record();

        host.get("/api");
        host.await(session, "network", 1);

        String link = host.origin() + "/app/mimic/sessions/" + session;
        assertThat(seen).containsEntry("session", session.toString());
        assertThat(seen.get("link")).startsWith(link);
        List<ILoggingEvent> ofShop = List.copyOf(hostsOwn.list).stream()
                .filter(line -> line.getLoggerName().equals(SHOP.getName()))
                .toList();
        assertThat(ofShop).hasSize(3).allSatisfy(line -> {
            assertThat(line.getMDCPropertyMap()).containsEntry("mimic.session", session.toString());
            assertThat(line.getMDCPropertyMap().get("mimic.link")).startsWith(link);
            assertThat(line.getMDCPropertyMap()).containsEntry("own", "kept");
        });
    }

    @Test
    void requestOfNobodyRecordedHasNoKeys() throws Exception {
        start(MimicConfig.defaults());

        host.get("/api");

        assertThat(seen).containsEntry("session", "none").containsEntry("link", "none");
    }

    @Test
    void nothingListensOnceTheHostHasStopped() throws Exception {
        start(MimicConfig.defaults());
        assertThat(root().getAppender("mimic")).isNotNull();

        host.close();
        host = null;

        assertThat(root().getAppender("mimic")).isNull();
    }

    private void start(MimicConfig config) throws Exception {
        host = new HostServer(folder, config, Map.of("/api", new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) {
                MDC.put("own", "kept");
                seen.put("session", String.valueOf(MDC.get("mimic.session")).replace("null", "none"));
                seen.put("link", String.valueOf(MDC.get("mimic.link")).replace("null", "none"));
                SHOP.info("not of interest");
                SHOP.warn("stock of {} is low; token=abc", 17);
                SHOP.error("no rate", new IllegalArgumentException("x"));
                MDC.remove("own");
            }
        }));
    }

    private ch.qos.logback.classic.Logger root() {
        return logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
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
