package io.mimic.project;

import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds or makes the project that this webapp records into. Of several nodes that start at once one makes it. */
final class OwnProject {
    private static final Logger LOG = System.getLogger(Projects.class.getName());
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 20;

    private final ProjectSettings settings;
    private final SessionCatalog catalog;
    private final Passwords passwords;
    private final Clock clock;
    /** Is known to be that of the configured password, which takes a tenth of a second to find out. */
    private @Nullable String checkedHash;

    private @Nullable String checkedViewerHash;

    OwnProject(ProjectSettings settings, SessionCatalog catalog, Passwords passwords, Clock clock) {
        this.settings = settings;
        this.catalog = catalog;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Without its password, if it is made: {@link #settlePasswords} sees to that. */
    Project findOrMake() {
        return ProjectCache.project(find().orElseGet(this::make));
    }

    /** Gives the project its first password, and those that are configured. */
    void settlePasswords(String id) {
        Optional<ProjectRow> found = catalog.projectById(id);
        if (found.isEmpty()) {
            return;
        }
        ProjectRow row = found.get();
        if (row.passwordHash().isEmpty()) {
            setFirstPassword(row);
        } else if (!settings.password().isEmpty()) {
            setConfiguredPassword(row);
        }
        setViewerPassword(row);
    }

    /** Of several nodes one sets it, and only that one tells it. */
    private void setFirstPassword(ProjectRow row) {
        boolean generated = settings.password().isEmpty();
        String password = generated ? passwords.generate() : settings.password();
        String hash = passwords.hash(password);
        if (catalog.setFirstPasswordHash(row.id(), hash)) {
            checkedHash = hash;
            LOG.log(Level.INFO, made(row.name(), generated ? password : null));
        }
    }

    private void setConfiguredPassword(ProjectRow row) {
        boolean unchecked = !row.passwordHash().equals(checkedHash);
        checkedHash = row.passwordHash();
        if (unchecked && !passwords.matches(settings.password(), row.passwordHash())) {
            checkedHash = passwords.hash(settings.password());
            catalog.setPasswordHash(row.id(), checkedHash);
            LOG.log(Level.INFO, "Project \"" + row.name() + "\" now has the password of mimic.project.password.");
        }
    }

    private void setViewerPassword(ProjectRow row) {
        String password = settings.viewerPassword();
        if (password.isEmpty()) {
            return;
        }
        String hash = catalog.access().viewerHash(row.id()).orElse("");
        if (!hash.equals(checkedViewerHash) && (hash.isEmpty() || !passwords.matches(password, hash))) {
            hash = passwords.hash(password);
            catalog.access().setViewerHash(row.id(), hash);
        }
        checkedViewerHash = hash;
    }

    private Optional<ProjectRow> find() {
        return settings.id().isEmpty() ? catalog.projectByName(settings.name()) : catalog.projectById(settings.id());
    }

    private ProjectRow make() {
        String id = settings.id().isEmpty() ? passwords.random(ID_ALPHABET, ID_LENGTH) : settings.id();
        // the name may belong to a project of another id, made before the id was configured
        for (String name : new String[] {settings.name(), settings.name() + "-" + id}) {
            ProjectRow row = new ProjectRow(id, name, "", clock.millis());
            if (catalog.insertProject(row)) {
                return row;
            }
            Optional<ProjectRow> others = find();
            if (others.isPresent()) {
                return others.get();
            }
        }
        throw new IllegalStateException("mimic.project.id is \"" + id + "\" and mimic.project.name is \""
                + settings.name() + "\", which belong to other projects of this catalog.");
    }

    private static String made(String name, @Nullable String password) {
        String made = "Made the project \"" + name + "\". ";
        return password == null
                ? made + "Its password is that of mimic.project.password."
                : made + "Its password is " + password
                        + " (generated, and shown here only once; mimic.project.password sets another).";
    }
}
