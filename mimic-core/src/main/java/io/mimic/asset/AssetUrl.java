package io.mimic.asset;

import io.mimic.project.Origins;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Address of something that a page may be shown with again.
 *
 * @param text absolute, without a fragment, as a browser writes it
 * @param origin scheme, host and port, in lower case and without the scheme's own port
 * @param path with its query, as it stands in a request
 */
record AssetUrl(String text, String origin, String path) {
    static final int LONGEST = 1_000;

    private static final Set<String> ENDINGS = Set.of(
            "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "css", "woff2", "woff", "ttf", "otf");
    /** Where a server may read another path than the ending tells: a parameter that it cuts off, and what it decodes before it looks. */
    private static final Pattern TWO_READINGS = Pattern.compile("(?i);|%(?:00|25|2e|2f|3b|3f|5c)|/\\.{1,2}/");
    /** No user, no backslash, nothing that a browser would not send: such an address never leaves this machine. */
    private static final Pattern FORM = Pattern.compile(
            "(?i)(https?://(?:[a-z0-9._-]{1,255}|\\[[0-9a-f:.]{2,45}])(?::\\d{1,5})?)(/[!$-\\[\\]^-~]*+)");

    /**
     * Reads an address that a page of {@code base} names.
     *
     * @param base address of the page or style sheet; null when it is not known
     * @return empty when it is of another origin than {@code base}, or malformed
     */
    static Optional<AssetUrl> of(String named, @Nullable String base) {
        if (base == null || named.length() > LONGEST) {
            return Optional.empty();
        }
        String origin = originOf(base);
        return origin == null
                ? Optional.empty()
                : absolute(named.strip(), base).filter(url -> url.origin.equals(origin));
    }

    /** Whether its path ends as one of a picture, font or style sheet does. */
    boolean isTelling() {
        String file = file(path);
        return ENDINGS.contains(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    boolean isSheet() {
        return file(path).toLowerCase(Locale.ROOT).endsWith(".css");
    }

    private static Optional<AssetUrl> absolute(String named, String base) {
        int hash = named.indexOf('#');
        String plain = hash < 0 ? named : named.substring(0, hash);
        String text = plain.matches("(?i)https?://.*") ? plain : resolved(plain, base);
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST
                || !form.matches()
                || TWO_READINGS.matcher(file(form.group(2))).find()) {
            return Optional.empty();
        }
        return Optional.of(new AssetUrl(text, Origins.normal(form.group(1)), form.group(2)));
    }

    private static String resolved(String relative, String base) {
        if (relative.isEmpty() || relative.matches("(?is)[a-z][a-z0-9+.-]*:.*")) {
            return "";
        }
        try {
            return URI.create(base).resolve(relative).toString();
        } catch (IllegalArgumentException e) {
            // a browser forgives more than a URI does; what is as odd as that is not kept
            return "";
        }
    }

    private static String file(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static @Nullable String originOf(String base) {
        int end = base.indexOf('/', "https://".length());
        String origin = end < 0 ? base : base.substring(0, end);
        return FORM.matcher(origin + "/").matches() ? Origins.normal(origin) : null;
    }
}
