package io.mimic.project;

import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.project.RegistrationException.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Registers projects for whoever has the token, and brakes whoever guesses it. Thread-safe. */
final class Registrations {
    /** Where it always was logged. */
    private static final Logger LOG = System.getLogger(Projects.class.getName());

    private static final String TOKEN = "registration.token";

    private final Projects projects;
    private final ProjectSettings settings;
    private final SessionCatalog catalog;
    private final Clock clock;
    private final LoginThrottle throttle;

    Registrations(Projects projects, ProjectSettings settings, SessionCatalog catalog, Clock clock) {
        this.projects = projects;
        this.settings = settings;
        this.catalog = catalog;
        this.clock = clock;
        this.throttle = new LoginThrottle(clock);
    }

    /** As {@link Projects#register}. */
    Project register(String id, String name, String password, String token, List<String> origins, String address)
            throws RegistrationException {
        try {
            checkToken(token, address);
            checkForm(id, name, password);
            return registered(id, name, password, origins(Origins.NONE, origins), address);
        } catch (LoginThrottledException e) {
            throw RegistrationException.throttled(e.retryAfterSeconds());
        }
    }

    private void checkToken(String token, String address) throws RegistrationException, LoginThrottledException {
        if (settings.registrationOpen()) {
            return;
        }
        throttle.attempt(address);
        boolean guessed = false;
        try {
            boolean right = isToken(token);
            // who comes without a token guesses nothing
            guessed = !right && !token.isEmpty();
            if (!right) {
                throw new RegistrationException(
                        Reason.TOKEN_WRONG,
                        "The registration token is wrong; it is mimic.registration.token of the collector, or in its log.");
            }
        } finally {
            if (!guessed) {
                throttle.takeBack(address);
            }
        }
    }

    private Project registered(String id, String name, String password, Origins wanted, String address)
            throws RegistrationException, LoginThrottledException {
        Optional<ProjectRow> existing = catalog.projectByName(name);
        if (existing.isEmpty()) {
            if (settings.registrationOpen()) {
                throttle.attempt(address);
            }
            ProjectRow row = new ProjectRow(id, name, hash(password, address), clock.millis(), wanted.toList());
            if (catalog.insertProject(row)) {
                projects.cache().put(ProjectCache.project(row));
                return ProjectCache.project(row);
            }
            existing = catalog.projectByName(name);
        }
        Project project = existing(name, password, existing, address);
        Origins all = origins(project.origins(), wanted.toList());
        return all.equals(project.origins())
                ? project
                : projects.setOrigins(project.id(), all).orElse(project);
    }

    private String hash(String password, String address) throws LoginThrottledException {
        try {
            return projects.hash(password);
        } catch (LoginThrottledException e) {
            throttle.takeBack(address);
            throw e;
        }
    }

    private static Origins origins(Origins known, List<String> more) throws RegistrationException {
        try {
            return known.and(Origins.of(more));
        } catch (IllegalArgumentException e) {
            throw RegistrationException.malformed("origins", String.valueOf(e.getMessage()));
        }
    }

    private Project existing(String name, String password, Optional<ProjectRow> row, String address)
            throws RegistrationException, LoginThrottledException {
        if (row.isEmpty()) {
            throw new RegistrationException(
                    Reason.NAME_TAKEN, "The id belongs to a project of another name, or to one that is being removed.");
        }
        return projects.login(name, password, address)
                .map(GivenPassword::login)
                .filter(login -> login.role() == Role.ADMIN)
                .map(Login::project)
                .orElseThrow(() -> new RegistrationException(
                        Reason.NAME_TAKEN, "There is a project of this name already, and its password is another."));
    }

    private static void checkForm(String id, String name, String password) throws RegistrationException {
        if (!Projects.ID.matcher(id).matches()) {
            throw RegistrationException.malformed(
                    "id", "The id must have 1 to 64 of the characters A-Z, a-z, 0-9, _ and -.");
        }
        checkName(name);
        checkPassword(password, name);
    }

    static void checkName(String name) throws RegistrationException {
        if (!Projects.NAME.matcher(name).matches() || !name.equals(name.strip())) {
            throw RegistrationException.malformed(
                    "name", "The name must have 1 to 100 characters, and no blank at either end.");
        }
    }

    static void checkPassword(String password, String name) throws RegistrationException {
        if (!Passwords.strong(password, name)) {
            throw RegistrationException.malformed(
                    "password",
                    "The password must have " + Passwords.SHORTEST + " to " + Passwords.LONGEST
                            + " characters, at least five different ones, and be more than the project's name.");
        }
    }

    private boolean isToken(String token) {
        String right = settings.registrationToken();
        if (right.isEmpty()) {
            var kept = catalog.settingOrInsert(TOKEN, () -> projects.passwords().generate());
            right = kept.value();
            if (kept.inserted()) {
                LOG.log(
                        Level.INFO,
                        "Projects are registered here with the token " + right
                                + " (generated, and shown here only once; mimic.registration.token sets another).");
            }
        }
        return MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
