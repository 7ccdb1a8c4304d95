package io.mimic.containers.host;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One way to answer. */
@FunctionalInterface
interface Page {
    String HTML =
            "<!doctype html><html lang=\"en\"><head><title>Höst</title></head><body><p>Grüße, 世界</p></body></html>";

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

    /** A page of more than a container's buffer, with its head at the start. */
    static String large() {
        return HTML.replace("</body>", "<p>line of a long page</p>".repeat(4_000) + "</body>");
    }
}
