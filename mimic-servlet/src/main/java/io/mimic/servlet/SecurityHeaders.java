package io.mimic.servlet;

import jakarta.servlet.http.HttpServletResponse;

/** What every answer below the mount path says to the browser. */
final class SecurityHeaders {
    /** For what is no page: nothing may be loaded, nobody may frame it. */
    static final String CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    /** Nothing sniffed, framed, kept, told to others or read by them. */
    static void close(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CLOSED);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }
}
