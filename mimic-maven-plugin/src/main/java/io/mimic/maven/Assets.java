package io.mimic.maven;

import io.mimic.maven.RecorderTags.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recorder's files beside the pages of a tree: puts them there, takes them away, or looks whether they are what the pages name. */
final class Assets {
    /** Line ends that git changes would change the files' hashes, which the pages name. */
    private static final String ATTRIBUTES = ".gitattributes";

    private static final List<String> FILES = List.of("mimic.js", "recorder.js", "vitals.js", "canvas.js", ATTRIBUTES);

    private final Tree tree;
    private final List<WebRoot> roots;
    private final String name;
    private final @Nullable RecorderFiles files;
    private final boolean write;
    private final Report report;
    private final Set<String> folders = new LinkedHashSet<>();

    /**
     * @param name of the folder below a root
     * @param files what goes there; null when nothing does
     * @param write false: the report says what would be done
     */
    Assets(Tree tree, List<WebRoot> roots, String name, @Nullable RecorderFiles files, boolean write, Report report) {
        this.tree = tree;
        this.roots = roots;
        this.name = name;
        this.files = files;
        this.write = write;
        this.report = report;
    }

    /** Puts the files where a page looks for them, or remembers where they are that it named. */
    void of(String page, WebRoot root, List<Reference> references) throws IOException {
        if (files != null) {
            String folder = assetsRoot(root).prefix() + name + "/";
            if (folders.add(folder)) {
                put(folder, files);
            }
            return;
        }
        for (Reference reference : references) {
            Optional<String> folder = folder(page, root, reference);
            if (folder.isPresent() && matches(folder.get(), reference)) {
                folders.add(folder.get());
            }
        }
    }

    /** Removes the files that pages named, and those of every root. */
    void remove() throws IOException {
        roots.forEach(root -> folders.add(root.prefix() + name + "/"));
        for (String folder : folders) {
            boolean any = false;
            for (String file : FILES) {
                any |= tree.has(folder + file);
                if (write) {
                    tree.delete(folder + file);
                }
            }
            if (any && !write) {
                report.remark(folder, "would be removed");
            }
        }
    }

    /** What keeps the tags of a page from loading; empty when nothing does. */
    Optional<String> objection(String page, WebRoot root, List<Reference> references) throws IOException {
        for (Reference reference : references) {
            Optional<String> folder = folder(page, root, reference);
            String file = folder.orElse(reference.folder() + "/") + reference.file();
            if (folder.isEmpty()) {
                return Optional.of(file + " is not there");
            }
            if (!matches(folder.get(), reference)) {
                return Optional.of(file + " is not the one that its integrity names");
            }
        }
        return Optional.empty();
    }

    /** Templates are shown at the app's root, so that their files lie with what is served. */
    private WebRoot assetsRoot(WebRoot root) {
        return root.templates()
                ? roots.stream()
                        .filter(served -> !served.templates())
                        .findFirst()
                        .orElse(root)
                : root;
    }

    private boolean matches(String folder, Reference reference) throws IOException {
        byte[] content = tree.read(folder + reference.file());
        return new RecorderFiles.File(reference.file(), content).integrity().equals(reference.integrity());
    }

    /** Where the file of a tag is. A page that does not tell itself has it at its root, or in a folder above. */
    private Optional<String> folder(String page, WebRoot root, Reference reference) throws IOException {
        List<String> parents = parents(page);
        List<String> candidates = new ArrayList<>();
        if (reference.up().isPresent()) {
            int up = reference.up().get();
            candidates.addAll(up < parents.size() ? List.of(parents.get(up)) : List.of());
        } else {
            candidates.add(assetsRoot(root).prefix());
            candidates.addAll(parents);
        }
        for (String parent : candidates) {
            String folder = parent + reference.folder() + "/";
            if (tree.has(folder + reference.file())) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** The page's folder, and those above it. */
    private static List<String> parents(String page) {
        List<String> parents = new ArrayList<>();
        String parent = page;
        while (!parent.isEmpty()) {
            int slash = parent.lastIndexOf('/', parent.length() - 2);
            parent = parent.substring(0, slash + 1);
            parents.add(parent);
        }
        return parents;
    }

    private void put(String folder, RecorderFiles recorder) throws IOException {
        boolean changed = false;
        for (RecorderFiles.File file : recorder.all()) {
            changed |= put(folder + file.name(), file.content());
        }
        if (tree instanceof FolderTree) {
            changed |= put(folder + ATTRIBUTES, "* -text\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (changed && !write) {
            report.remark(folder, "would get the recorder's files");
        }
    }

    /** @return whether the file was another */
    private boolean put(String file, byte[] content) throws IOException {
        boolean same = tree.has(file) && Arrays.equals(tree.read(file), content);
        if (!same && write) {
            tree.write(file, content);
        }
        return !same;
    }
}
