package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that is none of MIMIC's leaves nothing behind for the garbage collector, however often it comes. */
class PassThroughTest {
    private static final int REQUESTS = 10_000;
    private static final int ATTEMPTS = 20;

    @TempDir
    Path folder;

    @Test
    void scriptsRequestAllocatesNothing() throws Exception {
        Map<String, String> headers = Map.of(
                "Cookie", "JSESSIONID=0123456789",
                "Accept", "application/json",
                "Referer", "https://shop.example/orders",
                "Sec-Fetch-Site", "same-origin",
                "Sec-Fetch-Dest", "empty");

        assertThat(leastAllocated(MimicSetting.Inject.AUTO, new HostsRequest("/api/orders", null, headers)))
                .isZero();
        assertThat(leastAllocated(MimicSetting.Inject.AUTO, new HostsRequest("/m", "/imics", headers)))
                .isZero();
    }

    @Test
    void pageThatGetsNoTagAllocatesNothing() throws Exception {
        Map<String, String> headers = Map.of("Accept", "text/html,*/*;q=0.8", "Sec-Fetch-Dest", "document");

        assertThat(leastAllocated(MimicSetting.Inject.NEVER, new HostsRequest("/orders", null, headers)))
                .isZero();
    }

    @Test
    void asynchronousAnswerThatEndsMeanwhileIsStillTheHosts() throws Exception {
        passes(
                new HostsRequest("/orders", null, Map.of()) {
                    @Override
                    public boolean isAsyncStarted() {
                        return true;
                    }

                    @Override
                    public AsyncContext getAsyncContext() {
                        throw new IllegalStateException("another thread has completed it");
                    }
                },
                new PlainResponse("text/html", "UTF-8"));
    }

    @Test
    void answerThatTellsNothingOfItselfAfterwardsIsStillTheHosts() throws Exception {
        passes(new HostsRequest("/orders", null, Map.of()), new PlainResponse("image/png", "UTF-8") {
            @Override
            public int getStatus() {
                throw new IllegalStateException("recycled");
            }
        });
    }

    private void passes(HttpServletRequest request, PlainResponse response) throws Exception {
        Seen seen = new Seen(response);
        try (Mimic mimic = started(MimicSetting.Inject.AUTO)) {
            MimicFilter filter = new MimicFilter(mimic);
            filter.init(webapp());
            filter.doFilter(request, response, seen);
            filter.destroy();
        }
        assertThat(seen.all).isEqualTo(1);
    }

    private Mimic started(MimicSetting.Inject inject) {
        Mimic mimic = Mimic.start(MimicConfig.defaults()
                .with(MimicSetting.DATA_DIR, folder.toString())
                .with(MimicSetting.SERVER_CAPTURE, false)
                .with(MimicSetting.INJECT, inject));
        Awaitility.await()
                .atMost(HostServer.LONG)
                .until(() -> mimic.projects().own().isPresent());
        return mimic;
    }

    /** Bytes a request: the least of several attempts, since what the JVM does by itself on this thread counts too. */
    private long leastAllocated(MimicSetting.Inject inject, HttpServletRequest request) throws Exception {
        PlainResponse response = new PlainResponse("text/html", "UTF-8");
        Seen seen = new Seen(response);
        try (Mimic mimic = started(inject)) {
            MimicFilter filter = new MimicFilter(mimic);
            filter.init(webapp());
            long least = Long.MAX_VALUE;
            for (int attempt = 0; attempt < ATTEMPTS && least > 0; attempt++) {
                long before = allocated();
                for (int i = 0; i < REQUESTS; i++) {
                    filter.doFilter(request, response, seen);
                }
                least = Math.min(least, (allocated() - before) / REQUESTS);
            }
            filter.destroy();
            assertThat(seen.untouched).isPositive().isEqualTo(seen.all);
            return least;
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static FilterConfig webapp() {
        ServletContext context =
                answering(ServletContext.class, Map.of("getContextPath", "", "getFilterRegistrations", Map.of()));
        return answering(FilterConfig.class, Map.of("getServletContext", context, "getFilterName", "mimic"));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static final class Seen implements FilterChain {
        private final ServletResponse response;
        private long all;
        private long untouched;

        Seen(ServletResponse response) {
            this.response = response;
        }

        @Override
        public void doFilter(jakarta.servlet.ServletRequest passed, ServletResponse answer) {
            all++;
            untouched += answer == response ? 1 : 0;
        }
    }

    /** Allocates nothing itself. */
    private static class HostsRequest extends HttpServletRequestWrapper {
        private final String servletPath;
        private final String pathInfo;
        private final Map<String, String> headers;

        HostsRequest(String servletPath, String pathInfo, Map<String, String> headers) {
            super(answering(HttpServletRequest.class, Map.of()));
            this.servletPath = servletPath;
            this.pathInfo = pathInfo;
            this.headers = headers;
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public String getServletPath() {
            return servletPath;
        }

        @Override
        public String getPathInfo() {
            return pathInfo;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }

        @Override
        public String getProtocol() {
            return "HTTP/1.1";
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getHeader(String name) {
            return headers.get(name);
        }

        @Override
        public Object getAttribute(String name) {
            return null;
        }
    }
}
