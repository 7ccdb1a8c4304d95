package io.mimic.maven;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A folder whose files the app serves from its root, or whose templates it shows.
 *
 * @param prefix of names in a {@link Tree}: empty, or with a slash at its end
 * @param templates whether it holds templates, which are never served as they are
 */
record WebRoot(String prefix, boolean templates) {
    /** Below a webapp's root, but never served. */
    private static final List<String> HIDDEN = List.of("WEB-INF/", "META-INF/");

    /** The folders that Spring Boot and servlet containers serve from a class path. */
    static List<WebRoot> ofClassPath(String prefix) {
        return List.of(
                new WebRoot(prefix + "static/", false),
                new WebRoot(prefix + "public/", false),
                new WebRoot(prefix + "resources/", false),
                new WebRoot(prefix + "META-INF/resources/", false),
                new WebRoot(prefix + "templates/", true));
    }

    static Optional<WebRoot> of(String name, List<WebRoot> roots) {
        return roots.stream()
                .filter(root -> name.startsWith(root.prefix()))
                .max(Comparator.comparingInt(root -> root.prefix().length()));
    }

    /** Name of a file below this root. */
    String path(String name) {
        return name.substring(prefix.length());
    }

    boolean hides(String path) {
        return HIDDEN.stream().anyMatch(path::startsWith);
    }
}
