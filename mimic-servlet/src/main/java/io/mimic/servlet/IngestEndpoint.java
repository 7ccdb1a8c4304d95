package io.mimic.servlet;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.asset.AppAddress;
import io.mimic.ingest.BatchRejectedException;
import io.mimic.ingest.IngestRequest;
import io.mimic.ingest.IngestResult;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST {mount}/ingest}: one batch. */
final class IngestEndpoint {
    /** What a browser says of itself; other headers are a proxy's word, which counts only when the proxy is trusted. */
    private static final Set<String> FROM_BROWSER =
            Set.of("user-agent", "accept-language", "origin", "referer", "host", "dnt", "content-length", "cookie");

    /** Set by the container when it has done TLS itself; a proxy's word does not set it. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    private final Mimic mimic;
    private final long cookieSeconds;

    IngestEndpoint(Mimic mimic) {
        this.mimic = mimic;
        MimicConfig config = mimic.config();
        cookieSeconds = config.get(MimicSetting.SESSION_TIMEOUT)
                .plus(config.get(MimicSetting.SESSION_GRACE))
                .plus(config.get(MimicSetting.SESSION_RESUME))
                .toSeconds();
    }

    void post(Exchange exchange) throws IOException {
        allowReading(exchange);
        try {
            IngestResult result = mimic.ingestor().ingest(request(exchange));
            String client = HostRequests.client(
                    exchange.clientAddress(), exchange.request().getHeader("User-Agent"));
            learn(exchange);
            mimic.serverEvents().claim(result.project(), result.session(), result.served(), client);
            answer(exchange, result);
        } catch (BatchRejectedException e) {
            if (e.retryAfterSeconds() > 0) {
                exchange.response().setHeader("Retry-After", String.valueOf(e.retryAfterSeconds()));
            }
            exchange.problem(e.status(), e.title(), String.valueOf(e.getMessage()));
        }
    }

    /** A page of the app itself has sent a batch here: here the app answers, also for what its pages show. */
    private void learn(Exchange exchange) {
        if (mimic.assets().isPresent() && exchange.sameOrigin()) {
            HttpServletRequest request = exchange.request();
            mimic.assets()
                    .get()
                    .learn(new AppAddress(
                            exchange.origin(),
                            exchange.basePath(),
                            request.getContextPath(),
                            request.getLocalAddr(),
                            request.getLocalPort(),
                            request.getAttribute(CIPHER_SUITE) != null));
        }
    }

    /** Answers a browser that asks before it posts from another origin. */
    void preflight(Exchange exchange) {
        if (!allowReading(exchange)) {
            throw new ProblemException(
                    403,
                    "Origin not allowed",
                    "Origins of other sites that may send are those of the projects, and mimic.cross-origins.");
        }
        exchange.response().setHeader("Access-Control-Allow-Methods", "POST");
        exchange.response().setHeader("Access-Control-Allow-Headers", "Content-Type, Content-Encoding");
        exchange.response().setHeader("Access-Control-Max-Age", "86400");
        exchange.noContent();
    }

    private boolean allowReading(Exchange exchange) {
        exchange.response().addHeader("Vary", "Origin");
        Optional<String> origin = exchange.header("Origin").filter(mimic.ingestor()::allowsOrigin);
        if (origin.isEmpty()) {
            return false;
        }
        exchange.response().setHeader("Access-Control-Allow-Origin", origin.get());
        exchange.response().setHeader("Access-Control-Allow-Credentials", "true");
        exchange.response().setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        return true;
    }

    private static IngestRequest request(Exchange exchange) throws IOException {
        var request = exchange.request();
        boolean trusted = exchange.view().trustsSender(request);
        return new IngestRequest(
                request.getInputStream(),
                request.getContentType(),
                request.getHeader("Content-Encoding"),
                exchange.clientAddress(),
                name -> header(exchange, name, trusted),
                name -> exchange.cookie(name).orElse(null));
    }

    private static @Nullable String header(Exchange exchange, String name, boolean trusted) {
        if (name.equals("host")) {
            return exchange.view().host(exchange.request());
        }
        boolean counts = trusted || FROM_BROWSER.contains(name) || name.startsWith("sec-");
        return counts ? exchange.request().getHeader(name) : null;
    }

    private void answer(Exchange exchange, IngestResult result) throws IOException {
        String sameSite = result.tokenInBody() && exchange.secure() ? "None" : "Lax";
        exchange.setCookie(result.cookieName(), result.token(), exchange.basePath(), sameSite, cookieSeconds);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("session", result.session().toString());
        answer.put("created", result.created());
        answer.put("snapshot", result.snapshot());
        answer.put("interval", result.intervalMs());
        if (result.tokenInBody()) {
            answer.put("token", result.token());
        }
        exchange.json(202, answer);
    }
}
