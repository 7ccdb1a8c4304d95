package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.asset.AssetKeeper;
import io.mimic.project.Project;
import io.mimic.server.SecretNames;
import io.mimic.server.ServerItem;
import io.mimic.session.SessionToken;
import io.mimic.session.SessionTokens;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of the host's requests belong to a recorded session, or may come to belong to one, and watches those. A request of neither
 * kind costs a look at its headers.
 */
final class HostRequests implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HostRequests.class.getName());
    /** How the names of MIMIC's own begin, whatever the project. */
    private static final String COOKIE = SessionTokens.cookieName("");

    private static final int ID_BYTES = 16;
    private static final int MOST_OF_USER_AGENT = 300;
    private static final Set<String> SHOWN = Set.of("image", "font", "style", "object", "embed");

    private final Mimic mimic;
    private final ExternalView view;
    private final String mount;
    private final boolean captures;
    private final InjectionPolicy policy;
    private final @Nullable AssetKeeper assets;
    private final List<Pattern> exclude;
    private final SecretNames names;
    private final LogContext logContext = LogContext.available();
    private final LogTaps taps;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean told = new AtomicBoolean();

    HostRequests(Mimic mimic, ExternalView view, InjectionPolicy policy) {
        MimicConfig config = mimic.config();
        this.mimic = mimic;
        this.view = view;
        this.mount = config.get(MimicSetting.PATH);
        this.captures = config.get(MimicSetting.SERVER_CAPTURE);
        this.policy = policy;
        this.assets = mimic.assets().orElse(null);
        this.exclude = config.get(MimicSetting.SERVER_EXCLUDE).stream()
                .map(AntPattern::compile)
                .toList();
        this.names = SecretNames.with(config.get(MimicSetting.PRIVACY_SCRUB_PARAMETERS));
        this.taps = captures ? LogTaps.attach(config.get(MimicSetting.SERVER_LOGS)) : LogTaps.none();
    }

    /** @return the request if it is to be watched during this dispatch, else null */
    @Nullable
    HostRequest begin(HttpServletRequest request, HttpServletResponse response) {
        DispatcherType dispatch = request.getDispatcherType();
        if (dispatch != DispatcherType.REQUEST) {
            return dispatch == DispatcherType.ASYNC || dispatch == DispatcherType.ERROR
                    ? HostRequest.of(request)
                    : null;
        }
        try {
            return watched(request, response);
        } catch (RuntimeException | LinkageError e) {
            troubled(e);
            return null;
        }
    }

    private @Nullable HostRequest watched(HttpServletRequest request, HttpServletResponse response) {
        boolean mayBelong = mayBelong(request);
        if (!mayBelong && !mayBegin(request)) {
            return null;
        }
        Project project = mimic.projects().own().orElse(null);
        String path = MimicFilter.path(request);
        if (project == null || HostRequest.of(request) != null || excluded(path)) {
            return null;
        }
        UUID session = mayBelong ? session(request, project.id()) : null;
        if (session == null && !mayBegin(request)) {
            return null;
        }
        String link = session == null ? null : link(request, session);
        Sender sender = new Sender(project.id(), session, link, client(request));
        HostRequest watched = new HostRequest(this, request, response, sender, path);
        if (captures && !response.isCommitted()) {
            response.addHeader("Server-Timing", "mimic;desc=" + watched.id());
        }
        taps.check();
        return watched;
    }

    /** Over HTTP/2 and later each cookie may come in a field of its own, which not every container joins. */
    private static boolean mayBelong(HttpServletRequest request) {
        String first = request.getHeader("Cookie");
        if (first == null || first.contains(COOKIE)) {
            return first != null;
        }
        if (request.getProtocol().startsWith("HTTP/1")) {
            return false;
        }
        for (Enumeration<String> all = request.getHeaders("Cookie"); all.hasMoreElements(); ) {
            if (all.nextElement().contains(COOKIE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a session may yet begin that the request will belong to, or at least a page that the host may keep the recorder from. */
    private boolean mayBegin(HttpServletRequest request) {
        return captures ? mayBePage(request) : policy.wanted(request) != InjectionPolicy.Wanted.NOTHING;
    }

    /** What a browser shows, or what a page of the host asks for: the page's recorder may begin a session yet. */
    private static boolean mayBePage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return (accept != null && accept.contains("text/html"))
                || "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
                || request.getHeader("Referer") != null;
    }

    private boolean excluded(String path) {
        for (Pattern pattern : exclude) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable UUID session(HttpServletRequest request, String project) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            String name = SessionTokens.cookieName(project);
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return mimic.tokens()
                            .verify(project, cookie.getValue())
                            .map(SessionToken::session)
                            .orElse(null);
                }
            }
        }
        return null;
    }

    /** A time-ordered id says when its session began: the link leads to about this moment. */
    private String link(HttpServletRequest request, UUID session) {
        String origin = (view.secure(request) ? "https://" : "http://") + view.host(request);
        String page = origin + view.basePath(request) + mount + "/sessions/" + session;
        long seconds = (clock.millis() - (session.getMostSignificantBits() >>> 16)) / 1000;
        return session.version() == 7 && seconds >= 0 ? page + "?t=" + seconds : page;
    }

    /** Tells a browser from others, for the minute in which it may claim its first requests. */
    private String client(HttpServletRequest request) {
        return client(view.clientAddress(request), request.getHeader("User-Agent"));
    }

    static String client(String address, @Nullable String userAgent) {
        String agent = userAgent == null ? "" : userAgent;
        return address + " " + agent.substring(0, Math.min(MOST_OF_USER_AGENT, agent.length()));
    }

    String freshId() {
        byte[] bits = new byte[ID_BYTES];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    boolean captures() {
        return captures;
    }

    SecretNames names() {
        return names;
    }

    LogContext logContext() {
        return logContext;
    }

    long now() {
        return clock.millis();
    }

    void tell(ServerItem item) {
        mimic.serverEvents().add(item);
    }

    /** A picture whose path does not say so is known for one from now on. */
    void answered(HttpServletRequest request, HttpServletResponse response) {
        if (assets == null) {
            return;
        }
        try {
            if (request.getMethod().equals("GET")
                    && !request.isAsyncStarted()
                    && response.getStatus() == HttpServletResponse.SC_OK
                    && mayShow(request)) {
                learn(assets, request, response.getContentType());
            }
        } catch (RuntimeException | LinkageError e) {
            troubled(e);
        }
    }

    /** Asked first, since a container may put the content type together anew for whoever asks. */
    private static boolean mayShow(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        return destination == null || SHOWN.contains(destination);
    }

    private static void learn(AssetKeeper assets, HttpServletRequest request, @Nullable String type) {
        if (type != null && AssetKeeper.shows(type)) {
            String query = request.getQueryString();
            String path = request.getRequestURI();
            assets.answered(query == null ? path : path + "?" + query, type);
        }
    }

    /** One line, not one a request. An error is one of linkage: a request that outlives its webapp finds no further classes. */
    void troubled(Throwable cause) {
        if (told.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "A request of the host could not be watched; further ones are not told.", cause);
        }
    }

    @Override
    public void close() {
        taps.close();
    }

    /**
     * Who sent a request.
     *
     * @param session that its cookie names; null without one
     * @param link to that session's replay
     */
    record Sender(
            String project,
            @Nullable UUID session,
            @Nullable String link,
            String client) {}
}
