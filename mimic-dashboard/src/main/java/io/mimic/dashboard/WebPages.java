package io.mimic.dashboard;

import io.mimic.servlet.Assets;
import io.mimic.servlet.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The dashboard's pages and their files. The single page answers for its own routes only, and only to a browser that navigates: an unknown
 * file is not found, never a page.
 */
final class WebPages {
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /** The recorded page is drawn in here: no request may leave for an address that a recording names. */
    private static final String PLAYER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; "
            + "style-src 'unsafe-inline'; img-src data: blob:; font-src data: blob:; media-src data: blob:; "
            + "form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    private static final Pattern ROUTE =
            Pattern.compile("/|/login|/settings|/sessions/[A-Za-z0-9_-]{1,64}(/errors/[0-9]{1,9})?");
    private static final Pattern FILE =
            Pattern.compile("[A-Za-z0-9_./-]{1,200}\\.(js|css|json|txt|svg|png|ico|webp|woff2)");
    private static final String BASE = "__MIMIC_BASE__";

    private final Assets assets;

    WebPages(Assets assets) {
        this.assets = assets;
    }

    void page(Exchange exchange) throws IOException {
        String path = exchange.path();
        if (ROUTE.matcher(path).matches() && navigates(exchange)) {
            send(exchange, "index.html", PAGE_POLICY);
        } else if (FILE.matcher(path).matches()) {
            assets.send(exchange, path.substring(1), path.startsWith("/assets/"));
        } else {
            throw Problems.noSuchPage();
        }
    }

    void player(Exchange exchange) throws IOException {
        send(exchange, "player.html", PLAYER_POLICY);
    }

    /** Whether a browser opens something to look at; its files are fetched otherwise. */
    static boolean opens(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static boolean navigates(Exchange exchange) {
        String accept = exchange.header("Accept").orElse("*/*");
        boolean anything = accept.contains("*/*") && exchange.path().equals("/");
        return anything || accept.contains("text/html");
    }

    private void send(Exchange exchange, String name, String policy) throws IOException {
        byte[] file = assets.content(name).orElseThrow(Problems::noSuchPage);
        String base = escape(exchange.mountPath() + "/");
        String html = new String(file, StandardCharsets.UTF_8).replace(BASE, base);
        exchange.secure(policy);
        exchange.response().setHeader("Cache-Control", "no-cache");
        exchange.response().setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        exchange.send(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
