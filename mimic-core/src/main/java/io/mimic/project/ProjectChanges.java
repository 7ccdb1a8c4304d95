package io.mimic.project;

import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.RemovalRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.project.RegistrationException.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and ends projects. What a setting decides cannot be changed here: it would be undone at the next start. Thread-safe; failures
 * of the catalog are {@link io.mimic.store.StoreException}.
 */
public final class ProjectChanges {
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 20;

    private final Projects projects;
    private final SessionCatalog catalog;
    private final Clock clock;

    /** @param projects must read the same catalog */
    public ProjectChanges(Projects projects, SessionCatalog catalog, Clock clock) {
        this.projects = projects;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Every project, by name. */
    public List<Known> list() {
        return catalog.projects().stream()
                .map(row -> new Known(
                        ProjectCache.project(row),
                        row.createdAt(),
                        catalog.access().viewerHash(row.id()).isPresent()))
                .toList();
    }

    /** Those that were ended and whose sessions are still being erased. */
    public List<RemovalRow> removals() {
        return catalog.access().removals();
    }

    /**
     * Makes a project.
     *
     * @param password null: one is made
     * @return the project and its password
     * @throws RegistrationException when the name is taken or a value has not the right form
     */
    public Made make(String name, @Nullable String password) throws RegistrationException {
        String chosen = password == null ? projects.passwords().generate() : password;
        Registrations.checkName(name);
        Registrations.checkPassword(chosen, name);
        String id = projects.passwords().random(ID_ALPHABET, ID_LENGTH);
        ProjectRow row = new ProjectRow(id, name, projects.passwords().hash(chosen), clock.millis());
        if (!catalog.insertProject(row)) {
            throw taken();
        }
        return new Made(ProjectCache.project(row), chosen);
    }

    /** @throws RegistrationException when the name is taken, has not the right form, or is that of a setting */
    public void rename(String id, String name) throws RegistrationException {
        Registrations.checkName(name);
        if (isOwn(id)) {
            throw configured("The project of this webapp has the name that mimic.project.name gives it.");
        }
        ProjectRow row = row(id);
        if (!row.name().equals(name) && !catalog.renameProject(id, name)) {
            throw taken();
        }
        projects.cache().forget(id);
    }

    /** Changes the password, ends all logins and revokes all tokens: whoever knew the one before may have made some. */
    public void setPassword(String id, String password) throws RegistrationException {
        if (isOwn(id) && !projects.settings().password().isEmpty()) {
            throw configured(
                    "The password of this webapp's project is that of mimic.project.password; change it there.");
        }
        Registrations.checkPassword(password, row(id).name());
        catalog.setPasswordHash(id, projects.passwords().hash(password));
    }

    /**
     * Changes the second password and ends the logins that the one before began.
     *
     * @param password null: there is none any more
     */
    public void setViewerPassword(String id, @Nullable String password) throws RegistrationException {
        if (isOwn(id) && !projects.settings().viewerPassword().isEmpty()) {
            throw configured(
                    "The viewers' password of this webapp's project is that of mimic.project.viewer-password; change it there.");
        }
        ProjectRow row = row(id);
        if (password != null) {
            Registrations.checkPassword(password, row.name());
            if (projects.passwords().matches(password, row.passwordHash())) {
                throw new RegistrationException(
                        Reason.MALFORMED, "The viewers' password must be another than the project's own.");
            }
        }
        catalog.access()
                .setViewerHash(
                        id, password == null ? null : projects.passwords().hash(password));
    }

    /**
     * Ends a project at once: nobody logs in to it, and after at most half a minute nothing is recorded into it. Its sessions are erased in the
     * background, some a second.
     */
    public void remove(String id) throws RegistrationException {
        if (isOwn(id)) {
            throw configured("The project of this webapp cannot be removed: it would be made again at the next start.");
        }
        catalog.access().beginRemoval(new RemovalRow(id, row(id).name(), clock.millis()));
        projects.cache().forget(id);
    }

    /** Whether it is the project of this webapp. */
    public boolean isOwn(String id) {
        return projects.own().map(own -> own.id().equals(id)).orElse(false);
    }

    private ProjectRow row(String id) throws RegistrationException {
        Optional<ProjectRow> row = catalog.projectById(id);
        return row.orElseThrow(() -> new RegistrationException(Reason.UNKNOWN, "There is no project of this id."));
    }

    private static RegistrationException taken() {
        return new RegistrationException(Reason.NAME_TAKEN, "There is a project of this name already.");
    }

    private static RegistrationException configured(String message) {
        return new RegistrationException(Reason.CONFIGURED, message);
    }

    /**
     * A project as it is listed.
     *
     * @param madeAt ms since the epoch
     * @param viewer whether it has a second password
     */
    public record Known(Project project, long madeAt, boolean viewer) {}

    /** @param password what was given, or what was made: not to be had again */
    public record Made(Project project, String password) {}
}
