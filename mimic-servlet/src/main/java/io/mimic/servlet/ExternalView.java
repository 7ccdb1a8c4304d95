package io.mimic.servlet;

import io.mimic.ConfigException;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a request looks from outside: through proxies that are trusted, or as {@code mimic.public-url} says. Forwarding headers of anyone
 * else are not looked at.
 */
final class ExternalView {
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");

    private final Forwarded forwarded;
    private final @Nullable URI publicUrl;

    ExternalView(MimicConfig config) {
        forwarded = new Forwarded(config);
        publicUrl = publicUrl(config.get(MimicSetting.PUBLIC_URL));
    }

    private static @Nullable URI publicUrl(String text) {
        if (text.isEmpty()) {
            return null;
        }
        boolean form = text.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?");
        if (form && PREFIX.matcher(withoutSlash(path(text))).matches()) {
            return URI.create(text);
        }
        throw new ConfigException(
                MimicSetting.PUBLIC_URL.key() + " is \"" + text
                        + "\"; it must be an address such as https://www.example.org/app.",
                null);
    }

    private static String path(String url) {
        int slash = url.indexOf('/', "https://".length());
        return slash < 0 ? "" : url.substring(slash);
    }

    boolean trustsSender(HttpServletRequest request) {
        return forwarded.trustsSender(request);
    }

    /** The nearest address that is not a trusted proxy's. */
    String clientAddress(HttpServletRequest request) {
        return forwarded.clientAddress(request);
    }

    boolean secure(HttpServletRequest request) {
        if (publicUrl != null) {
            return "https".equalsIgnoreCase(publicUrl.getScheme());
        }
        String scheme = forwarded.scheme(request);
        return scheme == null ? request.isSecure() : scheme.equalsIgnoreCase("https");
    }

    /** Host, and port where it is not the scheme's own. */
    String host(HttpServletRequest request) {
        if (publicUrl != null && publicUrl.getRawAuthority() != null) {
            return publicUrl.getRawAuthority().toLowerCase(Locale.ROOT);
        }
        return requestedHost(request);
    }

    /** Host, and port where it is not the scheme's own, as the browser or a trusted proxy named it, in lower case. */
    String requestedHost(HttpServletRequest request) {
        String host = forwarded.host(request);
        if (host != null && HOST.matcher(host).matches()) {
            return host.toLowerCase(Locale.ROOT);
        }
        int port = request.getServerPort();
        boolean usual = port <= 0 || port == (request.isSecure() ? 443 : 80);
        return request.getServerName().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }

    /** Context path as the browser sees it: empty, or begins with a slash and ends without one. */
    String basePath(HttpServletRequest request) {
        if (publicUrl != null) {
            return withoutSlash(publicUrl.getRawPath());
        }
        String prefix = forwarded.prefix(request);
        if (prefix != null && PREFIX.matcher(withoutSlash(prefix)).matches()) {
            return withoutSlash(prefix);
        }
        return request.getContextPath();
    }

    private static String withoutSlash(@Nullable String path) {
        if (path == null) {
            return "";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
