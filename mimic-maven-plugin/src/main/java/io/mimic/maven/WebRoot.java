package io.mimic.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;

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

    /**
     * The folders that somebody named.
     *
     * @throws MojoFailureException naming what is no folder below {@code base}
     */
    static List<WebRoot> named(List<String> names, Path base) throws MojoFailureException {
        List<WebRoot> roots = new ArrayList<>();
        Path top = base.toAbsolutePath().normalize();
        for (String name : names) {
            Path folder = top.resolve(name.replace('\\', '/')).normalize();
            if (!folder.startsWith(top) || !Files.isDirectory(folder)) {
                throw new MojoFailureException("mimic.roots has \"" + name + "\", which is no folder in " + top + ".");
            }
            String path = top.relativize(folder).toString().replace('\\', '/');
            roots.add(new WebRoot(path.isEmpty() ? "" : path + "/", false));
        }
        return roots;
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
