package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicHealth;
import io.mimic.MimicLosses;
import io.mimic.MimicSetting;
import io.mimic.project.Project;
import io.mimic.servlet.InjectionPolicy.Wanted;
import io.mimic.store.StoreHealth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link MimicFilter} works with once it is started: routes, and how pages get the recorder's tag. */
final class HostedMimic {
    private static final List<String> RECORDER_FILES = List.of("recorder.js", "vitals.js", "canvas.js");

    private final String mount;
    private final ExternalView view;
    private final Router router;
    private final Supplier<Optional<Project>> project;
    private final InjectionPolicy policy;
    private final RecorderTag tag;
    private final @Nullable HostRequests requests;

    private HostedMimic(
            MimicConfig config,
            ExternalView view,
            Router router,
            Assets recorder,
            Supplier<Optional<Project>> project,
            InjectionPolicy policy,
            @Nullable HostRequests requests) {
        mount = config.get(MimicSetting.PATH);
        this.view = view;
        this.requests = requests;
        this.policy = policy;
        tag = new RecorderTag(config, recorder.hash("recorder.js").orElse(""));
        this.router = router;
        this.project = project;
    }

    /** @throws io.mimic.ConfigException when a setting of the filter is wrong */
    static HostedMimic running(Mimic mimic, ClassLoader webapp) {
        Assets recorder = recorder();
        ExternalView view = new ExternalView(mimic.config());
        InjectionPolicy policy = new InjectionPolicy(mimic.config());
        HostRequests requests = new HostRequests(mimic, view, policy);
        Router router = new Router(routes(mimic, recorder, webapp));
        return new HostedMimic(mimic.config(), view, router, recorder, mimic.projects()::own, policy, requests);
    }

    /** Every route below the mount path, also those of other jars. */
    static Routes routes(Mimic mimic, Assets recorder, ClassLoader webapp) {
        Routes routes = new Routes();
        for (String file : RECORDER_FILES) {
            routes.get("/" + file, exchange -> {
                // the same for everybody, and loaded by pages of other origins, which a project may be given at any
                // time
                exchange.response().setHeader("Cross-Origin-Resource-Policy", "cross-origin");
                exchange.response().setHeader("Access-Control-Allow-Origin", "*");
                recorder.send(exchange, file, false);
            });
        }
        IngestEndpoint ingest = new IngestEndpoint(mimic);
        routes.post("/ingest", ingest::post).route("OPTIONS", "/ingest", ingest::preflight);
        routes.post("/api/projects", new RegistrationEndpoint(mimic)::post);
        routes.get("/api/health", HealthEndpoint.of(mimic)::get);
        for (RouteProvider provider : ServiceLoader.load(RouteProvider.class, webapp)) {
            provider.provide(routes, mimic);
        }
        return routes;
    }

    /** Only says that nothing is recorded, and which settings are why, where MIMIC was to be mounted. */
    static HostedMimic refusing(String reason, String path) {
        StoreHealth closed = StoreHealth.down("not opened");
        String version = Optional.ofNullable(Mimic.class.getPackage().getImplementationVersion())
                .orElse("development");
        MimicHealth health = new MimicHealth(version, closed, closed, closed, reason, MimicLosses.NONE);
        Routes routes = new Routes().get("/api/health", new HealthEndpoint(() -> health, Optional::empty)::get);
        MimicConfig config = MimicConfig.defaults().with(MimicSetting.PATH, path);
        return new HostedMimic(
                config,
                new ExternalView(config),
                new Router(routes),
                recorder(),
                Optional::empty,
                new InjectionPolicy(config),
                null);
    }

    private static Assets recorder() {
        return Assets.of(HostedMimic.class.getClassLoader(), "META-INF/mimic/");
    }

    /** @return the path below the mount when the request is MIMIC's, else null */
    @Nullable
    String below(HttpServletRequest request) {
        if (!beginsWithMount(request.getServletPath(), request.getPathInfo())) {
            return null;
        }
        String path = MimicFilter.path(request);
        return path.length() == mount.length() || path.charAt(mount.length()) == '/'
                ? path.substring(mount.length())
                : null;
    }

    /** Asked of every request of the host: makes no text of the two parts. */
    private boolean beginsWithMount(String servletPath, @Nullable String pathInfo) {
        int first = Math.min(servletPath.length(), mount.length());
        return servletPath.regionMatches(0, mount, 0, first)
                && (first == mount.length()
                        || (pathInfo != null && pathInfo.regionMatches(0, mount, first, mount.length() - first)));
    }

    /** Whether the host's login has to see this request before it is answered. */
    boolean waitsForHost(HttpServletRequest request, String path) {
        return router.waitsForHost(request, path);
    }

    void answer(HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
        Exchange exchange = new Exchange(request, response, view, mount, path);
        if (path.isEmpty()) {
            exchange.redirect("/");
        } else {
            router.handle(exchange);
        }
    }

    /** @return the request if it is watched during this dispatch, else null */
    @Nullable
    HostRequest watched(HttpServletRequest request, HttpServletResponse response) {
        return requests == null ? null : requests.begin(request, response);
    }

    /** The host has answered. */
    void answered(HttpServletRequest request, HttpServletResponse response) {
        if (requests != null) {
            requests.answered(request, response);
        }
    }

    /** Listens to the host's logging no more. */
    void close() {
        if (requests != null) {
            requests.close();
        }
    }

    /** @return a response that puts the recorder's tag into a page, or the same one when there is nothing to put in */
    HttpServletResponse injecting(HttpServletRequest request, HttpServletResponse response) {
        Wanted wanted = policy.wanted(request);
        if (wanted == Wanted.NOTHING || response.isCommitted()) {
            return response;
        }
        Optional<Project> known = project.get();
        if (known.isEmpty()) {
            return response;
        }
        String basePath = view.basePath(request);
        String id = known.get().id();
        return new InjectingResponse(request, response, wanted, nonce -> tag.html(basePath, id, nonce));
    }
}
