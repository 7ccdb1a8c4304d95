package io.mimic.servlet;

import io.mimic.server.LogLine;
import io.mimic.server.PlainJson;
import io.mimic.server.ServerFact;
import io.mimic.server.ServerItem;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request to the host, from the filter's first look to the end of its answer. */
final class HostRequest {
    private static final String ATTRIBUTE = HostRequest.class.getName();
    /** Four times of what is kept of one, since it is cut once what must not be kept is out of it. */
    private static final int LONGEST_LINE = 4_000;

    private static final int MOST_LINES = 50;
    private static final int MOST_CHARACTERS = 10_000;
    private static final int MOST_FACTS = 40;

    /** Set only while a request runs through the filter on this thread, so that nothing is left behind in it. */
    private static final ThreadLocal<@Nullable HostRequest> CURRENT = new ThreadLocal<>();

    private final HostRequests requests;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String project;
    private final @Nullable UUID session;
    private final @Nullable String link;
    private final String client;
    private final String path;
    private final long startedAt;
    private final long startedNanos = System.nanoTime();
    private final List<LogLine> lines = new ArrayList<>();
    private final AtomicBoolean finished = new AtomicBoolean();
    private int characters;
    private int leftOut;
    private int facts;
    private boolean listening;
    private @Nullable String id;
    private volatile boolean suppressed;
    private volatile @Nullable Throwable thrown;
    private volatile @Nullable Throwable logged;

    HostRequest(
            HostRequests requests,
            HttpServletRequest request,
            HttpServletResponse response,
            HostRequests.Sender sender,
            String path) {
        this.requests = requests;
        this.request = request;
        this.response = response;
        this.project = sender.project();
        this.session = sender.session();
        this.link = sender.link();
        this.client = sender.client();
        this.path = path;
        this.startedAt = requests.now();
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The request that this thread works for; null when it works for none that is watched. */
    static @Nullable HostRequest current() {
        return CURRENT.get();
    }

    static @Nullable HostRequest of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof HostRequest found ? found : null;
    }

    /** Whether a page that answers this request is not to be recorded. */
    static boolean suppresses(ServletRequest request) {
        HostRequest found = of(request);
        return found != null && found.suppressed;
    }

    /** What the browser claims it by; drawn when it is asked for, since most requests tell nothing where capturing is off. */
    synchronized String id() {
        String drawn = id;
        if (drawn == null) {
            drawn = requests.freshId();
            id = drawn;
        }
        return drawn;
    }

    // while the request runs

    /** @return what this thread worked for before, to be given to {@link #leave} */
    @Nullable
    HostRequest enter() {
        HostRequest before = CURRENT.get();
        CURRENT.set(this);
        if (session != null && !suppressed) {
            requests.logContext().put(session.toString(), link);
        }
        return before;
    }

    void leave(@Nullable HostRequest before) {
        if (session != null) {
            requests.logContext().clear();
        }
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
        if (!goesOn()) {
            finish();
        }
    }

    /** Whether the answer is left to another thread, whose end is waited for then. */
    private boolean goesOn() {
        try {
            if (!request.isAsyncStarted()) {
                return false;
            }
            if (!listening) {
                request.getAsyncContext().addListener(new End());
                listening = true;
            }
            return true;
        } catch (IllegalStateException e) {
            return false; // that thread has ended it since it was asked for
        } catch (RuntimeException | LinkageError e) {
            requests.troubled(e);
            return false;
        }
    }

    void failed(Throwable cause) {
        thrown = cause;
    }

    /** A line that the host logs on the thread of this request. */
    synchronized void log(String level, String logger, String message, @Nullable Throwable cause) {
        if (finished.get() || suppressed) {
            return;
        }
        if (cause != null) {
            logged = cause;
        }
        String text =
                cause == null ? message : message + " – " + cause.getClass().getName();
        if (lines.size() >= MOST_LINES || characters >= MOST_CHARACTERS) {
            leftOut++;
            return;
        }
        String cut = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE);
        characters += Math.min(cut.length(), LONGEST_LINE / 4);
        lines.add(new LogLine(level, logger, cut, requests.now()));
    }

    // what the host asks for

    @Nullable
    UUID session() {
        return suppressed ? null : session;
    }

    @Nullable
    String link() {
        return suppressed ? null : link;
    }

    void identify(String user, @Nullable Map<String, ?> traits) {
        tell(new ServerFact.Identity(user, PlainJson.of(traits, requests.names())));
    }

    void event(String name, @Nullable Map<String, ?> data) {
        tell(new ServerFact.Moment(name, PlainJson.of(data, requests.names())));
    }

    void suppress() {
        suppressed = true;
        if (session != null && CURRENT.get() == this) {
            requests.logContext().clear();
        }
    }

    private synchronized void tell(ServerFact fact) {
        if (!suppressed && facts++ < MOST_FACTS) {
            requests.tell(item(requests.now(), fact));
        }
    }

    // at its end

    private void finish() {
        if (!finished.compareAndSet(false, true) || suppressed || !requests.captures()) {
            return;
        }
        try {
            ServerFact.Request fact = fact();
            if (fact != null) {
                requests.tell(item(startedAt, fact));
            }
        } catch (RuntimeException | LinkageError e) {
            requests.troubled(e);
        }
    }

    private ServerItem item(long at, ServerFact fact) {
        return new ServerItem(project, session, id(), client, at, fact);
    }

    private synchronized ServerFact.@Nullable Request fact() {
        Throwable cause = Served.unwrapped(thrown == null ? Served.exceptionOf(request) : thrown);
        int status = thrown != null && response.getStatus() < 400 ? 500 : response.getStatus();
        if (cause == null && status >= 500) {
            cause = Served.unwrapped(logged);
        }
        boolean eventful = status >= 400 || cause != null || !lines.isEmpty();
        if (!eventful && Served.isFile(request, response)) {
            return null;
        }
        return new ServerFact.Request(
                request.getMethod(),
                request.getContextPath() + path,
                Served.isDocument(request),
                Served.routeOf(request),
                Served.handlerOf(request),
                status,
                Math.max(0, (System.nanoTime() - startedNanos) / 1_000_000),
                Served.traceOf(request),
                cause,
                lines,
                leftOut);
    }

    private final class End implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            finish();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {
            Throwable cause = event.getThrowable();
            if (cause != null) {
                failed(cause);
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
