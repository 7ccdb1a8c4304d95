package io.mimic.servlet;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What trusted proxies say of a request, in the one kind of header that they write: {@code X-Forwarded-*}, or {@code Forwarded} (RFC 7239).
 * The other kind is the client's own and is not looked at. Each proxy appends, so of several values those count that the outermost trusted
 * proxy added; what stands before them came from outside.
 */
final class Forwarded {
    private final TrustedProxies proxies;
    private final MimicSetting.ProxyHeaders kind;

    Forwarded(MimicConfig config) {
        proxies = new TrustedProxies(config.get(MimicSetting.TRUSTED_PROXIES));
        kind = config.get(MimicSetting.PROXY_HEADERS);
    }

    boolean trustsSender(HttpServletRequest request) {
        return !proxies.isEmpty() && proxies.trusts(request.getRemoteAddr());
    }

    /** The nearest address that is not a trusted proxy's. */
    String clientAddress(HttpServletRequest request) {
        if (!trustsSender(request)) {
            return request.getRemoteAddr();
        }
        List<String> hops = values(request, "For");
        String seen = hops.isEmpty() ? "" : address(hops.get(outermost(hops, hops)));
        return seen.isEmpty() ? request.getRemoteAddr() : seen;
    }

    /** @return null where no trusted proxy names it, as with the others */
    @Nullable
    String scheme(HttpServletRequest request) {
        return value(request, "Proto");
    }

    /** With the port where the proxy names one. */
    @Nullable
    String host(HttpServletRequest request) {
        String host = value(request, "Host");
        String port = kind == MimicSetting.ProxyHeaders.FORWARDED ? null : value(request, "Port");
        if (host == null || host.matches(".*:\\d+") || port == null || !port.matches("\\d{1,5}")) {
            return host;
        }
        return port.equals("80") || port.equals("443") ? host : host + ":" + port;
    }

    /** Where the proxy has put the host's context. {@code Forwarded} cannot say it: {@code mimic.public-url} can. */
    @Nullable
    String prefix(HttpServletRequest request) {
        return kind == MimicSetting.ProxyHeaders.FORWARDED ? null : value(request, "Prefix");
    }

    private @Nullable String value(HttpServletRequest request, String name) {
        if (!trustsSender(request)) {
            return null;
        }
        List<String> values = values(request, name);
        String value = values.isEmpty() ? "" : values.get(outermost(values(request, "For"), values));
        return value.isEmpty() ? null : value;
    }

    /** The place in {@code values} of what the outermost trusted proxy has added: as many places from the end as {@code hops} has proxies. */
    private int outermost(List<String> hops, List<String> values) {
        int inner = 0;
        while (inner < hops.size() - 1 && proxies.trusts(address(hops.get(hops.size() - 1 - inner)))) {
            inner++;
        }
        return Math.max(0, values.size() - 1 - inner);
    }

    private List<String> values(HttpServletRequest request, String name) {
        if (kind == MimicSetting.ProxyHeaders.FORWARDED) {
            return elements(all(request, "Forwarded"), name);
        }
        List<String> values = new ArrayList<>();
        for (String value : all(request, "X-Forwarded-" + name).split(",", -1)) {
            if (!value.isBlank()) {
                values.add(value.trim());
            }
        }
        return values;
    }

    /**
     * What each element says under this name; empty where it says nothing. A comma ends an element whatever quotes are open, which may be the
     * client's: none of what is asked for has a comma in it.
     */
    private static List<String> elements(String header, String name) {
        List<String> values = new ArrayList<>();
        for (String element : header.isBlank() ? new String[0] : header.split(",", -1)) {
            String value = "";
            for (String pair : element.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equalsIgnoreCase(name)) {
                    value = unquoted(pair.substring(equals + 1).trim());
                }
            }
            values.add(value);
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static String all(HttpServletRequest request, String header) {
        return String.join(",", Collections.list(request.getHeaders(header)));
    }

    /** Without port and brackets. */
    private static String address(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        boolean port = hop.indexOf(':') >= 0 && hop.indexOf(':') == hop.lastIndexOf(':');
        return port ? hop.substring(0, hop.indexOf(':')) : hop;
    }
}
