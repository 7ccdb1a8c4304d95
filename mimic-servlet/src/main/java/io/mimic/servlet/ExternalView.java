package io.mimic.servlet;

import io.mimic.ConfigException;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
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

    private final TrustedProxies proxies;
    private final @Nullable URI publicUrl;

    ExternalView(MimicConfig config) {
        proxies = new TrustedProxies(config.get(MimicSetting.TRUSTED_PROXIES));
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
        return !proxies.isEmpty() && proxies.trusts(request.getRemoteAddr());
    }

    /** The nearest address that is not a trusted proxy's. */
    String clientAddress(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (!trustsSender(request)) {
            return address;
        }
        List<String> hops = Forwarded.hops(request);
        for (int i = hops.size() - 1; i >= 0; i--) {
            address = hops.get(i);
            if (!proxies.trusts(address)) {
                break;
            }
        }
        return address;
    }

    boolean secure(HttpServletRequest request) {
        if (publicUrl != null) {
            return "https".equalsIgnoreCase(publicUrl.getScheme());
        }
        String scheme = trustsSender(request) ? Forwarded.scheme(request) : null;
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
        String forwarded = trustsSender(request) ? Forwarded.host(request) : null;
        if (forwarded != null && HOST.matcher(forwarded).matches()) {
            return forwarded.toLowerCase(Locale.ROOT);
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
        if (!proxies.isEmpty() && trustsSender(request)) {
            String prefix = request.getHeader("X-Forwarded-Prefix");
            if (prefix != null && PREFIX.matcher(withoutSlash(prefix)).matches()) {
                return withoutSlash(prefix);
            }
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
