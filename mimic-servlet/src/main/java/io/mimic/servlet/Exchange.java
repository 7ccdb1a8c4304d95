package io.mimic.servlet;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.json.Jackson;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One request below the mount path and its answer. Carries the headers of a closed answer from the start (no sniffing, no framing, no
 * caching, nothing to be loaded); a handler that serves a page loosens them. For one thread.
 */
public final class Exchange {
    /** A member that is null is there: its absence would mean that the server does not know of it. */
    private static final JSON WRITER = Jackson.MAPPER.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private static final int MAX_COOKIE_AGE = Integer.MAX_VALUE;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ExternalView view;
    private final String mount;
    private final String path;
    private Map<String, String> variables = Map.of();

    Exchange(HttpServletRequest request, HttpServletResponse response, ExternalView view, String mount, String path) {
        this.request = request;
        this.response = response;
        this.view = view;
        this.mount = mount;
        this.path = path;
        SecurityHeaders.close(response);
    }

    public HttpServletRequest request() {
        return request;
    }

    public HttpServletResponse response() {
        return response;
    }

    public String method() {
        return request.getMethod();
    }

    /** Path below the mount, decoded; begins with a slash, except for the mount itself without one, which is empty. */
    public String path() {
        return path;
    }

    /**
     * Value of a variable of the route's pattern; <code>**</code> names the rest.
     *
     * @throws IllegalArgumentException when the pattern has no such variable
     */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no variable " + name + ".");
        }
        return value;
    }

    /**
     * First value of a query parameter, decoded as UTF-8. Never looks at a body.
     *
     * @throws ProblemException 400 when the query string has a malformed escape
     */
    public Optional<String> query(String name) {
        return QueryString.parse(request.getQueryString()).first(name);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** First cookie of that name. */
    public Optional<String> cookie(String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Address of the client; forwarding headers count only from trusted proxies. */
    public String clientAddress() {
        return view.clientAddress(request);
    }

    /** Whether the browser speaks https, to this server or to a trusted proxy. */
    public boolean secure() {
        return view.secure(request);
    }

    /** The host's context path as the browser sees it: empty, or begins with a slash and ends without one. */
    public String basePath() {
        return view.basePath(request);
    }

    /** The mount path as the browser sees it, such as {@code /app/mimic}. */
    public String mountPath() {
        return basePath() + mount;
    }

    /** External origin, such as {@code https://www.example.org}. */
    public String origin() {
        return (secure() ? "https://" : "http://") + view.host(request);
    }

    /** Host, and port where it is not the scheme's own, under which the request was made, whatever {@code mimic.public-url} says. */
    public String requestedHost() {
        return view.requestedHost(request);
    }

    /**
     * Whether the request comes from a page of this origin. Told by {@code Sec-Fetch-Site}, else by {@code Origin}; a request with neither
     * comes from no browser that is in use, and is not.
     */
    public boolean sameOrigin() {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader("Origin");
        return origin != null
                && (origin.equals("https://" + view.host(request)) || origin.equals("http://" + view.host(request)));
    }

    /** Replaces the Content-Security-Policy. */
    public void secure(String contentSecurityPolicy) {
        response.setHeader("Content-Security-Policy", contentSecurityPolicy);
    }

    /**
     * Reads a JSON object from the body.
     *
     * @throws ProblemException 413 when it is larger, 400 when it is none, 415 when the content type is another
     */
    public Map<String, Object> readJson(int maxBytes) throws IOException {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ProblemException(415, "Unsupported content type", "The body must be application/json.");
        }
        byte[] body = request.getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw new ProblemException(413, "Too large", "The body must be at most " + maxBytes + " bytes.");
        }
        try {
            // null for the JSON text null
            @Nullable Map<String, Object> object = Jackson.MAPPER.mapFrom(body);
            return Optional.ofNullable(object).orElseThrow(Exchange::noObject);
        } catch (JacksonException e) {
            throw noObject();
        }
    }

    private static ProblemException noObject() {
        return new ProblemException(400, "Malformed JSON", "The body must be one JSON object.");
    }

    /** Answers with JSON: maps, lists, texts, numbers, booleans and nulls. */
    public void json(int status, Object value) throws IOException {
        send(status, "application/json", bytes(WRITER, value));
    }

    /** Answers with {@code application/problem+json}; {@code detail} goes to the client. */
    public void problem(int status, String title, String detail) throws IOException {
        problem(status, title, detail, Map.of());
    }

    /** @param more further members of the problem */
    void problem(int status, String title, String detail, Map<String, ?> more) throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        problem.putAll(more);
        send(status, "application/problem+json", bytes(Jackson.MAPPER, problem));
    }

    /** Unlike {@link JSON#asBytes}, gives its buffers back. */
    private static byte[] bytes(JSON writer, Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        writer.write(value, out);
        return out.toByteArray();
    }

    public void noContent() {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Answers with a body that is whole. */
    public void send(int status, String contentType, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Answers with a body that is streamed, gzip where the client takes it. The caller closes the stream. */
    public OutputStream stream(int status, String contentType) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.addHeader("Vary", "Accept-Encoding");
        OutputStream out = response.getOutputStream();
        if (AcceptedEncodings.of(request).accepts("gzip")) {
            response.setHeader("Content-Encoding", "gzip");
            return new GZIPOutputStream(out, 8192, true);
        }
        return out;
    }

    /** Redirects to a path below the mount, such as {@code /login}. */
    public void redirect(String pathBelowMount) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", mountPath() + pathBelowMount);
    }

    /**
     * Sets an HttpOnly cookie, Secure on https.
     *
     * @param path as the browser sees it; empty means the root
     * @param sameSite {@code Strict}, {@code Lax} or {@code None}
     * @param maxAgeSeconds 0 removes the cookie, less keeps it until the browser ends
     */
    public void setCookie(String name, String value, String path, String sameSite, long maxAgeSeconds) {
        StringBuilder cookie = new StringBuilder(name)
                .append('=')
                .append(value)
                .append("; Path=")
                .append(path.isEmpty() ? "/" : path);
        if (maxAgeSeconds >= 0) {
            cookie.append("; Max-Age=").append(Math.min(maxAgeSeconds, MAX_COOKIE_AGE));
        }
        cookie.append("; HttpOnly; SameSite=").append(sameSite);
        if (secure()) {
            cookie.append("; Secure");
        }
        response.addHeader("Set-Cookie", cookie.toString());
    }

    void bind(Map<String, String> variables) {
        this.variables = variables;
    }

    ExternalView view() {
        return view;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
