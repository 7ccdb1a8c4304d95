package io.mimic.dashboard;

import io.mimic.Mimic;
import io.mimic.catalog.RemovalRow;
import io.mimic.project.Access;
import io.mimic.project.Origins;
import io.mimic.project.ProjectChanges;
import io.mimic.project.RegistrationException;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.ProblemException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code api/admin/projects}. An admin of the webapp's own project administers the server and with it all projects; another admin sees and
 * changes the one project alone. What is done to a project is told in its own log; that one was made or removed, in that of the webapp's
 * project.
 */
final class ProjectsApi {
    private static final int MAX_NAME = 100;
    private static final int MAX_ORIGIN = 300;

    private final Mimic mimic;
    private final ProjectChanges changes;

    ProjectsApi(Mimic mimic) {
        this.mimic = mimic;
        this.changes = mimic.projectChanges();
    }

    void list(Exchange exchange, Caller caller) throws IOException {
        boolean server = LoginApi.isServerAdmin(mimic, caller);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "items",
                changes.list().stream()
                        .filter(known -> server || isOf(caller, known.project().id()))
                        .map(this::json)
                        .toList());
        answer.put("going", server ? changes.removals().stream().map(this::json).toList() : List.of());
        exchange.json(200, answer);
    }

    /** Answers the password, which may have been made, this once. */
    void make(Exchange exchange, Caller caller) throws IOException {
        checkServer(caller);
        Body body = Body.of(exchange);
        String name = body.text("name", MAX_NAME);
        String password = body.textOrNull("password", Body.MAX_PASSWORD);
        changed(() -> {
            ProjectChanges.Made made = changes.make(name, password);
            String line = mimic.accessLog().write(caller.project().id(), caller.actor(), Access.PROJECT_MADE, name);
            mimic.accessLog().outcome(line, "id " + made.project().id());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", made.project().id());
            json.put("name", name);
            json.put("password", password == null ? made.password() : null);
            exchange.json(201, json);
        });
    }

    /** Changes what the body names: {@code name}, {@code password}, {@code viewerPassword} (null: none), {@code origins}. */
    void change(Exchange exchange, Caller caller) throws IOException {
        String id = administered(exchange, caller);
        Body body = Body.of(exchange);
        String name = body.has("name") ? body.text("name", MAX_NAME) : null;
        String password = body.has("password") ? body.text("password", Body.MAX_PASSWORD) : null;
        String viewer = body.textOrNull("viewerPassword", Body.MAX_PASSWORD);
        Origins origins = body.has("origins") ? origins(body) : null;
        changed(() -> {
            if (name != null) {
                changes.rename(id, name);
                mimic.accessLog().write(id, caller.actor(), Access.PROJECT_RENAMED, name);
            }
            if (password != null) {
                changes.setPassword(id, password);
                String line = mimic.accessLog().write(id, caller.actor(), Access.PASSWORD_CHANGED, null);
                mimic.accessLog().outcome(line, "logins ended, tokens revoked");
            }
            if (body.has("viewerPassword")) {
                changes.setViewerPassword(id, viewer);
                String line = mimic.accessLog().write(id, caller.actor(), Access.VIEWER_PASSWORD_CHANGED, null);
                mimic.accessLog().outcome(line, viewer == null ? "none any more" : "set");
            }
            if (origins != null) {
                if (mimic.projects().setOrigins(id, origins).isEmpty()) {
                    throw Problems.noSuchThing("project");
                }
                String line = mimic.accessLog().write(id, caller.actor(), Access.ORIGINS_CHANGED, null);
                mimic.accessLog().outcome(line, String.join(", ", origins.all()));
            }
            exchange.noContent();
        });
    }

    private static Origins origins(Body body) {
        try {
            return Origins.of(body.texts("origins", MAX_ORIGIN));
        } catch (IllegalArgumentException e) {
            throw Problems.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** What a removal would take away. */
    void removal(Exchange exchange, Caller caller) throws IOException {
        checkServer(caller);
        String id = exchange.variable("id");
        Map<String, Object> json = SettingsApi.json(mimic.sessions().usage(id));
        json.put("name", known(id).project().name());
        json.put("tokens", mimic.apiTokens().list(id).size());
        exchange.json(200, json);
    }

    /** Needs the project's name once more, as a person typed it. */
    void remove(Exchange exchange, Caller caller) throws IOException {
        checkServer(caller);
        String id = exchange.variable("id");
        String name = known(id).project().name();
        if (!Body.of(exchange).text("confirm", MAX_NAME).equals(name)) {
            throw Problems.conflict("Not confirmed", "The body's member confirm must be the project's name.");
        }
        changed(() -> {
            changes.remove(id);
            String line = mimic.accessLog().write(caller.project().id(), caller.actor(), Access.PROJECT_REMOVED, name);
            mimic.accessLog().outcome(line, "id " + id);
            exchange.json(202, Map.of("sessions", mimic.sessions().usage(id).sessions()));
        });
    }

    private String administered(Exchange exchange, Caller caller) {
        String id = exchange.variable("id");
        if (!isOf(caller, id)) {
            checkServer(caller);
        }
        return id;
    }

    /** @throws ProblemException 403 when the caller does not administer the server */
    void checkServer(Caller caller) {
        if (!LoginApi.isServerAdmin(mimic, caller)) {
            throw Problems.notTheServers();
        }
    }

    private ProjectChanges.Known known(String id) {
        return changes.list().stream()
                .filter(known -> known.project().id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problems.noSuchThing("project"));
    }

    private static boolean isOf(Caller caller, String project) {
        return caller.project().id().equals(project);
    }

    private Map<String, Object> json(ProjectChanges.Known known) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", known.project().id());
        json.put("name", known.project().name());
        json.put("own", changes.isOwn(known.project().id()));
        json.put("madeAt", Times.iso(known.madeAt()));
        json.put("viewerPassword", known.viewer());
        json.put("origins", List.copyOf(known.project().origins().all()));
        json.putAll(SettingsApi.json(mimic.sessions().usage(known.project().id())));
        return json;
    }

    private Map<String, Object> json(RemovalRow removal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", removal.project());
        json.put("name", removal.name());
        json.put("begunAt", Times.iso(removal.begunAt()));
        json.put("sessions", mimic.sessions().usage(removal.project()).sessions());
        return json;
    }

    private static void changed(Change change) throws IOException {
        try {
            change.make();
        } catch (RegistrationException e) {
            throw problem(e.reason(), e.getMessage());
        }
    }

    private static ProblemException problem(RegistrationException.Reason reason, @Nullable String detail) {
        String told = String.valueOf(detail);
        return switch (reason) {
            case TOKEN_WRONG, MALFORMED -> Problems.malformed(told);
            case NAME_TAKEN -> Problems.conflict("Name taken", told);
            case CONFIGURED -> Problems.conflict("Decided by a setting", told);
            case UNKNOWN -> Problems.noSuchThing("project");
            case THROTTLED -> new ProblemException(429, "Too many tries", told);
        };
    }

    private interface Change {
        void make() throws RegistrationException, IOException;
    }
}
