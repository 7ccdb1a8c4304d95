package io.mimic.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Forwarded} (RFC 7239), else {@code X-Forwarded-*}. Whether they count is for the caller to know. */
final class Forwarded {
    private static final Pattern FOR = parameter("for");
    private static final Pattern HOST = parameter("host");
    private static final Pattern PROTO = parameter("proto");

    private Forwarded() {}

    private static Pattern parameter(String name) {
        return Pattern.compile("(?i)(?:^|[;,\\s])" + name + "=(?:\"([^\"]*)\"|([^;,\\s]*))");
    }

    /** Addresses from the client to the last proxy but one, without ports. */
    static List<String> hops(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        String standard = all(request, "Forwarded");
        if (standard.isEmpty()) {
            for (String hop : all(request, "X-Forwarded-For").split(",", -1)) {
                addAddress(hop, hops);
            }
            return hops;
        }
        Matcher matcher = FOR.matcher(standard);
        while (matcher.find()) {
            addAddress(value(matcher), hops);
        }
        return hops;
    }

    static @Nullable String scheme(HttpServletRequest request) {
        return nearest(request, PROTO, "X-Forwarded-Proto");
    }

    static @Nullable String host(HttpServletRequest request) {
        String host = nearest(request, HOST, "X-Forwarded-Host");
        String port = request.getHeader("X-Forwarded-Port");
        boolean named = host == null || host.matches(".*:\\d+") || port == null || !port.matches("\\d{1,5}");
        return named || port.equals("80") || port.equals("443") ? host : host + ":" + port;
    }

    private static @Nullable String nearest(HttpServletRequest request, Pattern parameter, String header) {
        Matcher matcher = parameter.matcher(all(request, "Forwarded"));
        if (matcher.find()) {
            return value(matcher);
        }
        String values = request.getHeader(header);
        return values == null ? null : values.split(",", 2)[0].trim();
    }

    private static String all(HttpServletRequest request, String header) {
        return String.join(",", Collections.list(request.getHeaders(header)));
    }

    private static String value(Matcher matcher) {
        String quoted = matcher.group(1);
        return quoted == null ? matcher.group(2) : quoted;
    }

    private static void addAddress(String hop, List<String> hops) {
        String address = hop.trim();
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            address = end < 0 ? address : address.substring(1, end);
        } else if (address.indexOf(':') >= 0 && address.indexOf(':') == address.lastIndexOf(':')) {
            address = address.substring(0, address.indexOf(':'));
        }
        if (!address.isEmpty()) {
            hops.add(address);
        }
    }
}
