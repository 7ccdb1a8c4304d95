package io.mimic.containers.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers that are written after the request's thread has gone. */
public final class AsyncPages extends PageServlet {
    private static final long serialVersionUID = 1L;
    private static final Map<String, CountDownLatch> WAITING = new java.util.concurrent.ConcurrentHashMap<>();

    private static final Map<String, Page> PAGES = Map.of(
            "/complete",
                    (request, response) -> later(request.startAsync(), async -> {
                        response.setContentType("text/html;charset=UTF-8");
                        response.getWriter().write(Page.HTML);
                        async.complete();
                    }),
            "/pieces",
                    (request, response) -> later(request.startAsync(), async -> {
                        response.setContentType("text/html;charset=UTF-8");
                        for (byte one : Page.HTML.getBytes(UTF_8)) {
                            response.getOutputStream().write(one);
                        }
                        async.complete();
                    }),
            "/dispatch", (request, response) -> later(request.startAsync(), async -> async.dispatch("/body/writer")),
            "/dispatch-to-file",
                    (request, response) -> later(request.startAsync(), async -> async.dispatch("/file.html")),
            "/json",
                    (request, response) -> later(request.startAsync(), async -> {
                        response.setContentType("application/json");
                        response.getWriter().write("{\"late\":true}");
                        async.complete();
                    }),
            "/non-blocking",
                    (request, response) -> {
                        AsyncContext async = request.startAsync();
                        response.setContentType("text/html;charset=UTF-8");
                        ServletOutputStream out = response.getOutputStream();
                        out.setWriteListener(new PageWriter(out, Page.large().getBytes(UTF_8), async));
                    },
            "/timeout",
                    (request, response) -> {
                        AsyncContext async = request.startAsync(request, response);
                        async.setTimeout(300);
                        async.addListener(new OnTimeout());
                    },
            "/events",
                    (request, response) -> {
                        AsyncContext async = request.startAsync();
                        async.setTimeout(0);
                        CountDownLatch go = new CountDownLatch(1);
                        WAITING.put(String.valueOf(request.getParameter("id")), go);
                        later(async, started -> {
                            response.setContentType("text/event-stream");
                            response.getWriter().write("data: first\n\n");
                            response.flushBuffer();
                            go.await(60, TimeUnit.SECONDS);
                            response.getWriter().write("data: second\n\n");
                            started.complete();
                        });
                    },
            "/go-on",
                    (request, response) -> {
                        CountDownLatch waiting = WAITING.remove(String.valueOf(request.getParameter("id")));
                        response.setStatus(waiting == null ? 404 : 204);
                        if (waiting != null) {
                            waiting.countDown();
                        }
                    });

    /** Called by the container. */
    public AsyncPages() {
        super(PAGES);
    }

    private static void later(AsyncContext async, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run(async);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Work {
        void run(AsyncContext async) throws IOException, InterruptedException;
    }

    /** Writes by turns, each time that the container is ready. */
    private record PageWriter(ServletOutputStream out, byte[] page, AsyncContext async, int[] at)
            implements WriteListener {
        PageWriter(ServletOutputStream out, byte[] page, AsyncContext async) {
            this(out, page, async, new int[1]);
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (at[0] == page.length) {
                    async.complete();
                    return;
                }
                int length = Math.min(1_000, page.length - at[0]);
                out.write(page, at[0], length);
                at[0] += length;
            }
        }

        @Override
        public void onError(Throwable failure) {
            async.complete();
        }
    }

    private static final class OnTimeout implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            HttpServletResponse response = (HttpServletResponse) event.getSuppliedResponse();
            if (response == null) {
                response = (HttpServletResponse) event.getAsyncContext().getResponse();
            }
            response.setStatus(503);
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(Page.HTML);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
