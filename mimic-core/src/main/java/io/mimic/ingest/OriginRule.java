package io.mimic.ingest;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which pages may send batches: the host's own, and those of the configured origins. */
final class OriginRule {
    private final Set<String> crossOrigins;
    private final @Nullable String publicOrigin;

    OriginRule(Set<String> crossOrigins, String publicUrl) {
        this.crossOrigins = crossOrigins.stream().map(OriginRule::normal).collect(Collectors.toUnmodifiableSet());
        this.publicOrigin = publicUrl.isEmpty() ? null : originOf(publicUrl);
    }

    boolean allowsOrigin(String origin) {
        return crossOrigins.contains(normal(origin));
    }

    /**
     * @return whether the batch comes from another origin
     * @throws Refusal when that origin may not send
     */
    boolean check(IngestRequest request) throws Refusal {
        String origin = request.header().apply("origin");
        if (isOwn(request, origin)) {
            return false;
        }
        if (origin != null && allowsOrigin(origin)) {
            return true;
        }
        throw Refusal.forbidden("Pages of this origin may not send here; mimic.cross-origins names those that may.");
    }

    private boolean isOwn(IngestRequest request, @Nullable String origin) {
        String site = request.header().apply("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        // browsers without Sec-Fetch-Site (plain http) send Origin with every POST; who sends neither is no browser
        return origin == null || isHost(request, origin) || normal(origin).equals(publicOrigin);
    }

    private static boolean isHost(IngestRequest request, String origin) {
        String forwarded = request.header().apply("x-forwarded-host");
        String host =
                forwarded == null ? request.header().apply("host") : forwarded.split(",", 2)[0];
        if (host == null) {
            return false;
        }
        String name = host.strip().toLowerCase(Locale.ROOT);
        String normal = normal(origin);
        return normal.equals(normal("http://" + name)) || normal.equals(normal("https://" + name));
    }

    private static String originOf(String url) {
        try {
            URI uri = URI.create(url.strip());
            return normal(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("mimic.public-url is \"" + url + "\"; it must be an address.", e);
        }
    }

    private static String normal(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        String plain = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
        if (plain.startsWith("https://")) {
            return plain.endsWith(":443") ? plain.substring(0, plain.length() - 4) : plain;
        }
        return plain.startsWith("http://") && plain.endsWith(":80") ? plain.substring(0, plain.length() - 3) : plain;
    }
}
