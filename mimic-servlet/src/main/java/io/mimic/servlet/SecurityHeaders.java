package io.mimic.servlet;

/** What every answer below the mount path says to the browser. */
final class SecurityHeaders {
    /** For what is no page: nothing may be loaded, nobody may frame it. */
    static final String CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}
}
