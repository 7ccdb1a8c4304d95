package io.mimic.ingest;

import io.mimic.project.Origins;
import io.mimic.project.Project;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may send batches: the host's own, and those of the project's origins. A project that names none has the configured ones.
 */
final class OriginRule {
    private static final String HINT = "mimic.cross-origins names those that may, or the project's own origins do.";

    private final Origins configured;
    private final @Nullable String publicOrigin;

    OriginRule(Origins configured, String publicUrl) {
        this.configured = configured;
        this.publicOrigin = publicUrl.isEmpty() ? null : originOf(publicUrl);
    }

    boolean isConfigured(String origin) {
        return configured.contains(origin);
    }

    /**
     * @return the other site's origin; null when the batch comes from a page of the host
     * @throws Refusal when it comes from another site that does not say which
     */
    @Nullable
    String foreign(IngestRequest request) throws Refusal {
        String origin = request.header().apply("origin");
        if (isOwn(request, origin)) {
            return null;
        }
        if (origin == null) {
            throw refusal();
        }
        return origin;
    }

    /** @throws Refusal when pages of that origin may not send into the project */
    void check(Project project, @Nullable String foreign) throws Refusal {
        Origins allowed = project.origins().isEmpty() ? configured : project.origins();
        if (foreign != null && !allowed.contains(foreign)) {
            throw refusal();
        }
    }

    static Refusal refusal() {
        return Refusal.forbidden("Pages of this origin may not send here; " + HINT);
    }

    private boolean isOwn(IngestRequest request, @Nullable String origin) {
        String site = request.header().apply("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        // browsers without Sec-Fetch-Site (plain http) send Origin with every POST; who sends neither is no browser
        return origin == null
                || isHost(request, origin)
                || Origins.normal(origin).equals(publicOrigin);
    }

    private static boolean isHost(IngestRequest request, String origin) {
        String forwarded = request.header().apply("x-forwarded-host");
        String host =
                forwarded == null ? request.header().apply("host") : forwarded.split(",", 2)[0];
        if (host == null) {
            return false;
        }
        String name = host.strip().toLowerCase(Locale.ROOT);
        String normal = Origins.normal(origin);
        return normal.equals(Origins.normal("http://" + name)) || normal.equals(Origins.normal("https://" + name));
    }

    private static String originOf(String url) {
        try {
            URI uri = URI.create(url.strip());
            return Origins.normal(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("mimic.public-url is \"" + url + "\"; it must be an address.", e);
        }
    }
}
