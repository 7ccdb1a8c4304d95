package io.mimic.containers.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mimic.servlet.MimicSession;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** Everything of a response that is no body: lengths, flushes, resets, errors, redirects, statuses, dispatches. */
public final class ControlPages extends PageServlet {
    private static final long serialVersionUID = 1L;

    private static final Map<String, Page> PAGES = Map.ofEntries(
            Map.entry("/length", page((request, response) -> response.setContentLength(size()))),
            Map.entry("/length-long", page((request, response) -> response.setContentLengthLong(size()))),
            Map.entry(
                    "/length-header",
                    page((request, response) -> response.setHeader("content-length", String.valueOf(size())))),
            Map.entry(
                    "/length-int-header", page((request, response) -> response.setIntHeader("Content-Length", size()))),
            Map.entry(
                    "/length-added",
                    page((request, response) -> response.addHeader("Content-Length", String.valueOf(size())))),
            Map.entry(
                    "/length-added-int", page((request, response) -> response.addIntHeader("Content-Length", size()))),
            Map.entry("/flush-before", page((request, response) -> response.flushBuffer())),
            Map.entry("/flush-within", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                int middle = Page.HTML.indexOf("<title>") + 3;
                response.getWriter().write(Page.HTML, 0, middle);
                response.flushBuffer();
                response.getWriter().write(Page.HTML, middle, Page.HTML.length() - middle);
            }),
            Map.entry("/until-stopped", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                int middle = Page.HTML.indexOf("<body>");
                response.getWriter().write(Page.HTML, 0, middle);
                response.flushBuffer();
                awaitStop(request.getServletContext());
                response.getWriter().write(Page.HTML, middle, Page.HTML.length() - middle);
            }),
            Map.entry("/reset", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<html><head><title>dropped");
                response.reset();
                response.setContentType("text/html;charset=UTF-8");
                response.getOutputStream().write(Page.HTML.getBytes(UTF_8));
            }),
            Map.entry("/reset-buffer", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<html><head><title>dropped");
                response.resetBuffer();
                response.getWriter().write(Page.HTML);
            }),
            Map.entry("/reset-to-json", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<html><head><title>dropped");
                response.reset();
                response.setContentType("application/json");
                response.getWriter().write("{\"a\":\"<head></head>\"}");
            }),
            Map.entry("/error-after-part", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<html><head><title>dropped");
                response.sendError(409, "no");
            }),
            Map.entry("/redirect-after-part", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<html><head><title>dropped");
                response.sendRedirect("elsewhere");
            }),
            Map.entry("/failing", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<html><head><title>dropped");
                Logger.getLogger("com.example.Stock").warning("17 are left; token=abc");
                throw new IllegalStateException("the host's own failure");
            }),
            Map.entry("/no-content", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.setStatus(204);
            }),
            Map.entry("/not-modified", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.setHeader("ETag", "\"v1\"");
                response.setStatus(304);
            }),
            Map.entry("/range", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.setStatus(206);
                response.setHeader("Content-Range", "bytes 0-29/" + size());
                response.getOutputStream().write(Page.HTML.getBytes(UTF_8), 0, 30);
            }),
            Map.entry("/etag", page((request, response) -> response.setHeader("ETag", "\"v1\""))),
            Map.entry("/not-found-page", page((request, response) -> response.setStatus(404))),
            Map.entry(
                    "/nonce",
                    page((request, response) -> response.setHeader(
                            "Content-Security-Policy", "script-src 'nonce-r4nd0m' 'strict-dynamic'"))),
            Map.entry("/late-nonce", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write(Page.HTML);
                response.setHeader("Content-Security-Policy", "default-src 'self'; script-src 'nonce-l4te'");
            }),
            Map.entry(
                    "/forward",
                    (request, response) ->
                            request.getRequestDispatcher("/body/writer").forward(request, response)),
            Map.entry(
                    "/forward-to-file",
                    (request, response) ->
                            request.getRequestDispatcher("/file.html").forward(request, response)),
            Map.entry("/include", (request, response) -> {
                response.setContentType("text/html;charset=UTF-8");
                response.getWriter().write("<!doctype html><html><head><title>Outer</title></head><body>");
                response.getWriter().flush();
                request.getRequestDispatcher("/body/fragment").include(request, response);
                request.getRequestDispatcher("/body/writer").include(request, response);
                response.getWriter().write("</body></html>");
            }),
            Map.entry("/session", (request, response) -> {
                MimicSession session = MimicSession.current();
                session.identify("anna", Map.of("plan", "pro"));
                session.event("order placed", Map.of("total", 12));
                response.setContentType("text/plain");
                response.getWriter()
                        .write(session.id()
                                .map(id -> id + " " + session.link().orElse("no link"))
                                .orElse("nobody"));
            }),
            Map.entry(
                    "/suppressed",
                    page((request, response) -> MimicSession.current().suppress())),
            Map.entry("/echo", (request, response) -> {
                response.setContentType("text/plain;charset=UTF-8");
                response.getWriter().write(request.getParameter("name") + "|" + request.getMethod());
            }),
            Map.entry("/raw-echo", (request, response) -> {
                response.setContentType("text/plain;charset=UTF-8");
                response.getOutputStream().write(request.getInputStream().readAllBytes());
            }));

    /** Called by the container. */
    public ControlPages() {
        super(PAGES);
    }

    private static Page page(Page before) {
        return (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            before.answer(request, response);
            response.getOutputStream().write(Page.HTML.getBytes(UTF_8));
        };
    }

    /** Until MIMIC's filter has been destroyed, which it tells by an attribute; that of a webapp that has gone tells nothing any more. */
    private static void awaitStop(ServletContext context) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try {
            while (context.getAttribute("io.mimic.servlet.MimicFilter.running") != null && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static int size() {
        return Page.HTML.getBytes(UTF_8).length;
    }
}
