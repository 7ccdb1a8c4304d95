package io.mimic.servlet;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.MimicSetting.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which answers may get the recorder's tag, told from the request alone. */
final class InjectionPolicy {
    private static final Set<String> PAGE_DESTINATIONS = Set.of("document", "iframe", "frame");

    private final Inject mode;
    private final List<Pattern> include;
    private final List<Pattern> exclude;

    InjectionPolicy(MimicConfig config) {
        mode = config.get(MimicSetting.INJECT);
        include = config.get(MimicSetting.INJECT_INCLUDE).stream()
                .map(AntPattern::compile)
                .toList();
        exclude = config.get(MimicSetting.INJECT_EXCLUDE).stream()
                .map(AntPattern::compile)
                .toList();
    }

    /** Makes nothing of a request that gets no tag, unless paths are included or excluded. */
    Wanted wanted(HttpServletRequest request) {
        if (mode == Inject.NEVER || request.getMethod().equals("HEAD") || !included(request)) {
            return Wanted.NOTHING;
        }
        return mode == Inject.ALWAYS ? Wanted.ANY_MARKUP : navigation(request);
    }

    private static Wanted navigation(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        if (destination != null) {
            return PAGE_DESTINATIONS.contains(destination) ? Wanted.ANY_MARKUP : Wanted.NOTHING;
        }
        if (request.getHeader("X-Requested-With") != null || request.getHeader("HX-Request") != null) {
            return Wanted.NOTHING;
        }
        String accept = request.getHeader("Accept");
        if (accept == null || (accept.contains("*/*") && !accept.contains("text/"))) {
            // a script's request over http looks the same, and what it fetches may be a fragment
            return Wanted.WHOLE_PAGE;
        }
        return accept.toLowerCase(Locale.ROOT).contains("text/html") ? Wanted.ANY_MARKUP : Wanted.NOTHING;
    }

    private boolean included(HttpServletRequest request) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        String path = MimicFilter.path(request);
        return (include.isEmpty() || matchesAny(include, path)) && !matchesAny(exclude, path);
    }

    private static boolean matchesAny(List<Pattern> patterns, String path) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    /** How sure it is that the answer will be a page. */
    enum Wanted {
        NOTHING,
        /** Only markup that begins as a page does. */
        WHOLE_PAGE,
        /** Any HTML, also without doctype, html and head. */
        ANY_MARKUP
    }
}
