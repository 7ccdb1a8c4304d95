package io.mimic.maven;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a page's own Content-Security-Policy has against the recorder. What a server sends as a header is not known here. */
final class PagePolicy {
    private PagePolicy() {}

    /** @return a sentence for the report; empty when there is nothing to say */
    static String objection(List<String> policies, @Nullable String endpointOrigin) {
        List<String> missing = new ArrayList<>();
        for (String policy : policies) {
            Map<String, List<String>> directives = directives(policy);
            if (!allows(directives, List.of("script-src-elem", "script-src", "default-src"), null)) {
                missing.add("script-src 'self'");
            }
            if (!allows(directives, List.of("connect-src", "default-src"), endpointOrigin)) {
                missing.add("connect-src " + (endpointOrigin == null ? "'self'" : endpointOrigin));
            }
        }
        return missing.isEmpty() ? "" : "its own Content-Security-Policy lacks " + String.join(" and ", missing);
    }

    private static boolean allows(Map<String, List<String>> directives, List<String> names, @Nullable String origin) {
        for (String name : names) {
            List<String> sources = directives.get(name);
            if (sources != null) {
                boolean own = origin == null && sources.contains("'self'") && !sources.contains("'strict-dynamic'");
                boolean named = origin != null && sources.contains(origin.toLowerCase(Locale.ROOT));
                return own || named || sources.contains("*");
            }
        }
        return true;
    }

    private static Map<String, List<String>> directives(String policy) {
        Map<String, List<String>> directives = new HashMap<>();
        for (String directive : policy.toLowerCase(Locale.ROOT).split(";", -1)) {
            List<String> words = List.of(directive.trim().split("\\s+", -1));
            directives.putIfAbsent(words.get(0), words.subList(1, words.size()));
        }
        return directives;
    }
}
