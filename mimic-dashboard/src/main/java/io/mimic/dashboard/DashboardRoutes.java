package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.project.Right;
import io.mimic.servlet.Assets;
import io.mimic.servlet.HealthEndpoint;
import io.mimic.servlet.RouteProvider;
import io.mimic.servlet.Routes;
import java.time.Clock;

/**
 * Adds the dashboard to the mount path: its REST API (docs/wire.md section 3, and docs/openapi.json) and its pages. Found by {@link
 * java.util.ServiceLoader}; a host that wants no dashboard leaves this jar out.
 */
public final class DashboardRoutes implements RouteProvider {
    private final Clock clock;

    public DashboardRoutes() {
        this(Clock.systemUTC());
    }

    DashboardRoutes(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void provide(Routes routes, Mimic mimic) {
        HostLogin host = HostLogin.decides(mimic) ? new HostLogin(mimic) : null;
        Gate gate = new Gate(mimic, new Callers(mimic, host));
        LoginApi login = new LoginApi(mimic, host);
        routes.post("/api/login", gate.open(login::login))
                .post("/api/logout", gate.open(login::logout))
                .get("/api/me", gate.known(login::me))
                .post("/api/project", gate.change(Right.READ, login::choose));
        sessions(routes, gate, mimic);
        administration(routes, gate, mimic);
        ClassLoader jar = DashboardRoutes.class.getClassLoader();
        Assets description = Assets.of(jar, "META-INF/mimic-dashboard-api/");
        routes.get("/api/openapi.json", gate.open(exchange -> description.send(exchange, "openapi.json", false)));
        WebPages pages = new WebPages(Assets.of(jar, "META-INF/mimic-dashboard/"));
        routes.get("/player", gate.open(pages::player)).get("/**", gate.page(pages::page, WebPages::opens));
    }

    private void sessions(Routes routes, Gate gate, Mimic mimic) {
        SessionsApi sessions = new SessionsApi(mimic.sessions(), mimic.addresses()::sought, mimic.accessLog(), clock);
        AssetsApi assets = new AssetsApi(mimic.sessions());
        ErasuresApi erasures = new ErasuresApi(mimic.sessions(), mimic.addresses(), mimic.accessLog());
        routes.get("/api/overview", gate.read(Right.READ, sessions::overview))
                .get("/api/sessions", gate.read(Right.READ, sessions::list))
                .get("/api/sessions/{id}", gate.read(Right.READ, sessions::session))
                .get("/api/sessions/{id}/timeline", gate.read(Right.READ, sessions::timeline))
                .get("/api/sessions/{id}/events", gate.read(Right.READ, sessions::events))
                .get("/api/sessions/{id}/assets", gate.read(Right.READ, sessions.watching(assets::list)))
                .get("/api/sessions/{id}/assets/{sha256}", gate.read(Right.READ, assets::asset))
                .get("/api/sessions/{id}/export", gate.read(Right.EXPORT, sessions::export))
                .delete("/api/sessions/{id}", gate.change(Right.ERASE, sessions::erase))
                .get("/api/erasures", gate.read(Right.ERASE, erasures::preview))
                .post("/api/erasures", gate.change(Right.ERASE, erasures::erase));
    }

    private static void administration(Routes routes, Gate gate, Mimic mimic) {
        SettingsApi settings = new SettingsApi(mimic.config(), mimic.sessions());
        TokensApi tokens = new TokensApi(mimic.apiTokens(), mimic.accessLog());
        AccessLogApi log = new AccessLogApi(mimic.accessLog());
        ProjectsApi projects = new ProjectsApi(mimic);
        HealthEndpoint health = HealthEndpoint.of(mimic);
        routes.get("/api/admin/health", gate.read(Right.ADMIN, (exchange, caller) -> {
            projects.checkServer(caller);
            health.details(exchange);
        }));
        routes.get("/api/settings", gate.read(Right.READ, settings::settings))
                .get("/api/storage", gate.read(Right.READ, settings::storage))
                .get("/api/access-log", gate.read(Right.ADMIN, log::list))
                .get("/api/tokens", gate.read(Right.ADMIN, tokens::list))
                .post("/api/tokens", gate.change(Right.ADMIN, tokens::make))
                .delete("/api/tokens/{id}", gate.change(Right.ADMIN, tokens::revoke))
                .get("/api/admin/projects", gate.read(Right.ADMIN, projects::list))
                .post("/api/admin/projects", gate.change(Right.ADMIN, projects::make))
                .route("PATCH", "/api/admin/projects/{id}", gate.change(Right.ADMIN, projects::change))
                .get("/api/admin/projects/{id}/removal", gate.read(Right.ADMIN, projects::removal))
                .post("/api/admin/projects/{id}/removal", gate.change(Right.ADMIN, projects::remove));
    }
}
