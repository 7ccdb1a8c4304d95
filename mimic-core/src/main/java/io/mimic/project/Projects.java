package io.mimic.project;

import java.util.Optional;

/** Projects and their passwords; reads are cached for 30 s. Thread-safe. */
public final class Projects {
    Projects() {}

    /** The project that this webapp records into. Made at first start. Empty until the catalog has been read once. */
    public Optional<Project> own() {
        throw new UnsupportedOperationException();
    }

    public Optional<Project> byId(String id) {
        throw new UnsupportedOperationException(id);
    }

    /** @return the project when the password is right; takes as long for a project that does not exist */
    public Optional<Project> login(String name, String password) {
        throw new UnsupportedOperationException(name + password.length());
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
