package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.MimicConfig;
import io.mimic.store.RefusalLog;
import io.mimic.store.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(RefusalLog.class.getName());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage() + (line.getThrown() == null ? "" : " and a stack"));
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(listener);
    }

    @Test
    void outageIsToldOnceWhenItBeginsAndOnceWhenItEnds() throws IOException {
        AtomicBoolean down = new AtomicBoolean(true);
        Router router = new Router(new Routes().get("/page", exchange -> {}).get("/api/sessions/{id}", exchange -> {
            if (down.get()) {
                throw new StoreException("the catalog does not answer", null);
            }
        }));

        for (int request = 0; request < 5; request++) {
            assertThat(ask(router, "/api/sessions/" + request)).isEqualTo(503);
            assertThat(ask(router, "/page")).isEqualTo(200);
        }
        assertThat(logged)
                .containsExactly("WARNING GET /api/sessions/{id} is refused until the store is back: "
                        + "the catalog does not answer");

        down.set(false);
        assertThat(ask(router, "/api/sessions/1")).isEqualTo(200);
        assertThat(ask(router, "/api/sessions/2")).isEqualTo(200);
        assertThat(logged)
                .hasSize(2)
                .last()
                .isEqualTo("INFO GET /api/sessions/{id} is answered again; refused meanwhile: 5.");
    }

    private static int ask(Router router, String path) throws IOException {
        PlainResponse response = new PlainResponse("text/plain", "UTF-8");
        router.handle(new Exchange(get(), response, new ExternalView(MimicConfig.defaults()), "/mimic", path));
        return response.getStatus();
    }

    private static HttpServletRequest get() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                RouterTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getMethod") ? "GET" : null);
    }
}
