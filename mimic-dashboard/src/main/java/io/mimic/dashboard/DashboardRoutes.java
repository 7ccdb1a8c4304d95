package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.servlet.Assets;
import io.mimic.servlet.RouteProvider;
import io.mimic.servlet.Routes;
import java.time.Clock;

/**
 * Adds the dashboard to the mount path: its REST API (docs/wire.md section 3) and its pages. Found by {@link java.util.ServiceLoader};
 * a host that wants no dashboard leaves this jar out.
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
        LoginApi login = new LoginApi(mimic);
        SessionsApi sessions = new SessionsApi(mimic::sessions, mimic.addresses()::sought, clock);
        WebPages pages = new WebPages(Assets.of(DashboardRoutes.class.getClassLoader(), "META-INF/mimic-dashboard/"));
        routes.post("/api/login", login::login)
                .post("/api/logout", login::logout)
                .get("/api/me", login.loggedIn(login::me))
                .get("/api/overview", login.loggedIn(sessions::overview))
                .get("/api/sessions", login.loggedIn(sessions::list))
                .get("/api/sessions/{id}", login.loggedIn(sessions::session))
                .delete("/api/sessions/{id}", login.loggedIn(sessions::erase))
                .get("/api/sessions/{id}/timeline", login.loggedIn(sessions::timeline))
                .get("/api/sessions/{id}/events", login.loggedIn(sessions::events))
                .get("/player", pages::player)
                .get("/**", pages::page);
    }
}
