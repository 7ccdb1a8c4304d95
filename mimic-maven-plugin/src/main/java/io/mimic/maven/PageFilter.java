package io.mimic.maven;

import java.util.List;
import java.util.Locale;
import org.codehaus.plexus.util.SelectorUtils;

/**
 * Which files are pages.
 *
 * @param includes ant patterns of names; empty: by their endings
 * @param excludes ant patterns of names
 * @param templates whether templates are wanted
 * @param folder of the recorder's own files
 */
record PageFilter(List<String> includes, List<String> excludes, boolean templates, String folder) {
    private static final List<String> PAGES = List.of("html", "htm", "xhtml");
    private static final List<String> TEMPLATES = List.of("jsp", "jspx", "ftl", "ftlh");

    boolean wants(String name, WebRoot root) {
        String path = root.path(name);
        if (path.startsWith(folder + "/") || matches(excludes, path)) {
            return false;
        }
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean template = root.templates() || TEMPLATES.contains(ending);
        if (root.hides(path) && (!template || path.startsWith("WEB-INF/classes/"))) {
            return false;
        }
        if (template && !templates) {
            return false;
        }
        return includes.isEmpty() ? PAGES.contains(ending) || TEMPLATES.contains(ending) : matches(includes, path);
    }

    private static boolean matches(List<String> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> SelectorUtils.matchPath(pattern, path, "/", true));
    }
}
