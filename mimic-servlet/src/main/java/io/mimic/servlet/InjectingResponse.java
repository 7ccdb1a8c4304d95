package io.mimic.servlet;

import io.mimic.servlet.InjectionPolicy.Wanted;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the recorder's tag into an answer that turns out to be an HTML page; any other passes untouched from its first byte on.
 *
 * <p>A Content-Length that the host sets is held back until it is known what it has to be. A strong ETag is made weak on a page that gets
 * the tag, since its bytes are others.
 */
final class InjectingResponse extends HttpServletResponseWrapper implements PageInjection.Fate {
    private static final String CONTENT_LENGTH = "Content-Length";
    private static final int LARGEST_HOLD = 64 * 1024;
    private static final int SMALLEST_HOLD = 8 * 1024;

    private final ServletRequest request;
    private final Wanted wanted;
    private final Function<String, String> tag;
    private Body body = Body.NOT_BEGUN;
    private long length = -1;
    private @Nullable PageInjection<?> page;
    private @Nullable InjectingStream stream;
    private @Nullable InjectingWriter writer;

    /** @param tag makes the tag's text for a nonce */
    InjectingResponse(
            ServletRequest request, HttpServletResponse response, Wanted wanted, Function<String, String> tag) {
        super(response);
        this.request = request;
        this.wanted = wanted;
        this.tag = tag;
    }

    /** The injecting response that an answer already goes through, if any. */
    static @Nullable InjectingResponse around(ServletResponse response) {
        ServletResponse current = response;
        while (current instanceof ServletResponseWrapper wrapper) {
            if (current instanceof InjectingResponse found) {
                return found;
            }
            current = wrapper.getResponse();
        }
        return null;
    }

    // what the filter tells

    /** The host has written all that it will write in this dispatch. */
    void dispatchEnded() throws IOException {
        if (request.isAsyncStarted()) {
            if (page != null) {
                page.release(false);
            }
        } else {
            finish();
        }
    }

    /** The dispatch ended with an exception: what was not sent is dropped with the container's own buffer. */
    void dispatchFailed() throws IOException {
        if (super.isCommitted()) {
            dispatchEnded();
        } else {
            drop();
        }
    }

    void finish() throws IOException {
        if (super.isCommitted() && getStatus() >= 300 && getStatus() < 400) {
            drop(); // a redirect by a way that does not lead through here
        } else if (page != null) {
            page.release(true);
        } else if (body == Body.NOT_BEGUN) {
            passOnLength(0);
        }
    }

    /** From now on the body is written without blocking. */
    void goesNonBlocking() throws IOException {
        if (page != null) {
            page.release(false);
        }
    }

    // what the body tells

    /**
     * Decides, at the first byte or when the headers go out without one.
     *
     * @param writable whether the tag can be written in what the body is written in
     * @return whether the body has to go through {@link #open}
     */
    boolean begin(boolean writable) {
        if (body == Body.NOT_BEGUN) {
            boolean wantedPage = PageRules.isPage(this) && !HostRequest.suppresses(request);
            body = !super.isCommitted() && wantedPage ? Body.PAGE : Body.PASSES;
        }
        if (body == Body.PASSES || (body == Body.PAGE && page == null && !writable)) {
            leaving();
        }
        return body == Body.PAGE || page != null;
    }

    /** @param lock that writing the page takes */
    <A> PageInjection<A> open(Object lock, Medium<A> medium, Sink<A> sink) {
        int limit = Math.max(SMALLEST_HOLD, Math.min(LARGEST_HOLD, super.getBufferSize()));
        HeadScanner scanner = new HeadScanner(wanted == Wanted.ANY_MARKUP, medium instanceof Medium.Bytes);
        PageInjection<A> opened = new PageInjection<>(lock, medium, scanner, limit, sink, this);
        page = opened;
        return opened;
    }

    boolean isCurrent(@Nullable PageInjection<?> injection) {
        return injection != null && page == injection;
    }

    /** Whether what is written now may go to the container as it is; {@code injection} is what it was written through so far, if anything. */
    boolean passes(@Nullable PageInjection<?> injection) {
        return injection == null ? body == Body.PASSES && page == null : isCurrent(injection) && injection.over();
    }

    @Override
    public boolean mayHold() {
        return !request.isAsyncStarted();
    }

    @Override
    public String tag() {
        List<String> policies = new ArrayList<>(super.getHeaders("Content-Security-Policy"));
        return tag.apply(CspNonce.of(policies));
    }

    @Override
    public void inserting(int tagBytes) {
        passOnLength(tagBytes);
        body = Body.CHANGED;
        weakenTag();
    }

    @Override
    public void leaving() {
        passOnLength(0);
        body = Body.PASSES;
    }

    @Override
    public void undecided() {
        length = -1;
        weakenTag();
    }

    private void passOnLength(int added) {
        if (length >= 0 && !super.isCommitted()) {
            super.setContentLengthLong(length + added);
        }
        length = -1;
    }

    private void weakenTag() {
        String etag = super.getHeader("ETag");
        if (etag != null && !super.isCommitted()) {
            super.setHeader("ETag", weak(etag));
        }
    }

    private static String weak(String etag) {
        return etag.startsWith("\"") ? "W/" + etag : etag;
    }

    private void drop() {
        page = null;
        length = -1;
        body = Body.PASSES;
    }

    // the servlet API

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        InjectingStream known = stream;
        if (known == null) {
            known = new InjectingStream(super.getOutputStream(), this);
            stream = known;
        }
        return known;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        InjectingWriter known = writer;
        if (known == null) {
            known = new InjectingWriter(super.getWriter(), this);
            writer = known;
        }
        return known;
    }

    @Override
    public void flushBuffer() throws IOException {
        releaseForFlush();
        super.flushBuffer();
    }

    /** What the host has written so far is to be seen, and at the latest now the headers go out. */
    void releaseForFlush() throws IOException {
        begin(true);
        if (page != null) {
            page.release(false);
        } else if (body == Body.PAGE) {
            undecided();
        }
    }

    @Override
    public void reset() {
        super.reset();
        drop();
        beginAgain();
        stream = null;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        if (body != Body.NOT_BEGUN) {
            page = null;
            beginAgain();
        }
    }

    private void beginAgain() {
        body = Body.NOT_BEGUN;
        if (writer != null) {
            writer.again();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        dropUnlessCommitted();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        dropUnlessCommitted();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        dropUnlessCommitted();
        super.sendRedirect(location);
    }

    private void dropUnlessCommitted() {
        if (!super.isCommitted()) {
            drop();
        }
    }

    @Override
    public void setContentLength(int value) {
        setContentLengthLong(value);
    }

    @Override
    public void setContentLengthLong(long value) {
        switch (body) {
            case NOT_BEGUN, PAGE -> length = value;
            case CHANGED -> {} // written before it was told; the container counts
            case PASSES -> super.setContentLengthLong(value);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (!takesLength(name, value)) {
            super.setHeader(name, changesTag(name) && value != null ? weak(value) : value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!takesLength(name, value)) {
            super.addHeader(name, changesTag(name) && value != null ? weak(value) : value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!takesLength(name, String.valueOf(value))) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!takesLength(name, String.valueOf(value))) {
            super.addIntHeader(name, value);
        }
    }

    private boolean changesTag(String name) {
        return body == Body.CHANGED && "ETag".equalsIgnoreCase(name);
    }

    private boolean takesLength(String name, @Nullable String value) {
        if (body == Body.PASSES || !CONTENT_LENGTH.equalsIgnoreCase(name)) {
            return false;
        }
        if (value == null) {
            length = -1;
            return false;
        }
        try {
            setContentLengthLong(Long.parseLong(value.trim()));
            return true;
        } catch (NumberFormatException e) {
            return false; // the container's to refuse
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return (length >= 0 && CONTENT_LENGTH.equalsIgnoreCase(name)) || super.containsHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return length >= 0 && CONTENT_LENGTH.equalsIgnoreCase(name) ? String.valueOf(length) : super.getHeader(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return length >= 0 && CONTENT_LENGTH.equalsIgnoreCase(name)
                ? List.of(String.valueOf(length))
                : super.getHeaders(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        if (length < 0) {
            return super.getHeaderNames();
        }
        List<String> names = new ArrayList<>(super.getHeaderNames());
        names.add(CONTENT_LENGTH);
        return names;
    }

    /** The container's own stream or writer. */
    @FunctionalInterface
    interface Sink<A> {
        void write(A data, int from, int length) throws IOException;
    }

    private enum Body {
        NOT_BEGUN,
        /** A page whose tag is not put in yet. */
        PAGE,
        CHANGED,
        PASSES
    }
}
