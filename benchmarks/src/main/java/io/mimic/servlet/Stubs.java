package io.mimic.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container that does next to nothing, so that what is measured is the filter's. */
final class Stubs {
    private Stubs() {}

    static FilterConfig webapp() {
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

    /** A GET. */
    static final class Request extends HttpServletRequestWrapper {
        private final Map<String, String> headers;

        Request(Map<String, String> headers) {
            super(answering(HttpServletRequest.class, Map.of()));
            this.headers = headers;
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public String getServletPath() {
            return "/orders";
        }

        @Override
        public @Nullable String getPathInfo() {
            return null;
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
        public @Nullable String getHeader(String name) {
            return headers.get(name);
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return null;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }
    }

    /** An HTML page whose characters go nowhere. */
    static final class Response extends HttpServletResponseWrapper {
        private final Nowhere nowhere = new Nowhere();

        Response() {
            super(answering(HttpServletResponse.class, Map.of()));
        }

        /** Characters so far. */
        int written() {
            return nowhere.characters;
        }

        @Override
        public PrintWriter getWriter() {
            return nowhere;
        }

        @Override
        public String getContentType() {
            return "text/html;charset=UTF-8";
        }

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public int getStatus() {
            return 200;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public Collection<String> getHeaders(String name) {
            return List.of();
        }

        @Override
        public boolean containsHeader(String name) {
            return false;
        }

        @Override
        public int getBufferSize() {
            return 8192;
        }

        @Override
        public boolean isCommitted() {
            return false;
        }
    }

    /** Takes no lock, as Tomcat's. */
    private static final class Nowhere extends PrintWriter {
        private int characters;

        Nowhere() {
            super(Writer.nullWriter());
        }

        @Override
        public void write(char[] data, int from, int length) {
            characters += length;
        }

        @Override
        public void write(String text, int from, int length) {
            characters += length;
        }
    }
}
