package io.mimic.project;

import io.mimic.catalog.SessionCatalog;
import java.time.Clock;
import java.util.Optional;

/** Projects and their passwords; reads are cached for 30 s. Thread-safe. */
public final class Projects {
    Projects() {}

    public static Projects open(ProjectSettings settings, SessionCatalog catalog, Clock clock) {
        throw new UnsupportedOperationException(settings.name() + catalog + clock);
    }

    /**
     * Reads or makes the own project. To be called in the background until it has succeeded once.
     *
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public void load() {
        throw new UnsupportedOperationException();
    }

    /** The project that this webapp records into. Made at first start. Empty until the catalog has been read once. Never blocks. */
    public Optional<Project> own() {
        throw new UnsupportedOperationException();
    }

    public Optional<Project> byId(String id) {
        throw new UnsupportedOperationException(id);
    }

    /**
     * Checks a password. Takes as long for a project that does not exist.
     *
     * @param address address of the client; wrong passwords slow down this address for this project
     * @return the project when the password is right
     * @throws LoginThrottledException when too many wrong passwords came from there
     */
    public Optional<Project> login(String name, String password, String address) throws LoginThrottledException {
        throw new UnsupportedOperationException(name + password.length() + address);
    }

    /**
     * Registers a project, or answers the one that exists when its name and password are right.
     *
     * @param token the registration token; may be empty when registration is open
     * @throws RegistrationException when the token is wrong, the name is taken, or a value has not the right form
     */
    public Project register(String id, String name, String password, String token) throws RegistrationException {
        throw new UnsupportedOperationException(id + name + password.length() + token.length());
    }
}
