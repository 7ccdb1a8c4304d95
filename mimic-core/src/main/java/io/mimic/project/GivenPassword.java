package io.mimic.project;

/** A right password that somebody gave: begins a login for as long as it is the project's. */
public final class GivenPassword {
    private final Login login;
    private final String hash;

    GivenPassword(Login login, String hash) {
        this.login = login;
        this.hash = hash;
    }

    /** The project, and what the password makes of who gave it. */
    public Login login() {
        return login;
    }

    /** What it was compared with. */
    String hash() {
        return hash;
    }
}
