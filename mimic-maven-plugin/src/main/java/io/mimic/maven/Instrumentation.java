package io.mimic.maven;

import io.mimic.maven.PageEditor.Edited;
import io.mimic.maven.PageEditor.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Edits the pages of a tree, and puts the recorder's files beside them or takes them away. */
final class Instrumentation {
    /** Line ends that git changes would change the files' hashes, which the pages name. */
    private static final String ATTRIBUTES = ".gitattributes";

    private static final List<String> FILES = List.of("mimic.js", "recorder.js", "vitals.js", "canvas.js", ATTRIBUTES);

    private final Tree tree;
    private final List<WebRoot> roots;
    private final PageFilter filter;
    private final PageEditor editor;
    private final PageOptions options;
    private final Report report;

    Instrumentation(
            Tree tree, List<WebRoot> roots, PageFilter filter, PageEditor editor, PageOptions options, Report report) {
        this.tree = tree;
        this.roots = roots;
        this.filter = filter;
        this.editor = editor;
        this.options = options;
        this.report = report;
    }

    /**
     * @param files what goes beside the pages; null takes it away
     * @param write false: tells what would be done, and does nothing
     * @param progress is told how many pages were looked at
     */
    void run(@Nullable RecorderFiles files, boolean write, IntConsumer progress) throws IOException {
        Set<WebRoot> used = new LinkedHashSet<>();
        int looked = 0;
        for (String name : tree.names()) {
            Optional<WebRoot> root = WebRoot.of(name, roots);
            if (root.isEmpty() || !filter.wants(name, root.get())) {
                continue;
            }
            if (page(name, root.get(), write) && files != null) {
                used.add(assetsRoot(root.get()));
            }
            progress.accept(++looked);
        }
        if (write) {
            for (WebRoot root : files == null ? roots : List.copyOf(used)) {
                assets(root.prefix() + options.folder() + "/", files);
            }
            tree.commit();
        }
    }

    /** @return whether the page has the recorder now */
    private boolean page(String name, WebRoot root, boolean write) {
        try {
            Edited edited = editor.edit(root.path(name), root.templates(), tree.read(name));
            if (write && edited.outcome().changes()) {
                tree.write(name, edited.bytes());
            }
            report.add(name, edited.outcome(), edited.note());
            return edited.outcome() != Outcome.LEFT_ALONE;
        } catch (IOException e) {
            report.add(name, Outcome.LEFT_ALONE, "it cannot be read or written: " + e.getMessage());
            return false;
        }
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

    private void assets(String folder, @Nullable RecorderFiles files) throws IOException {
        if (files == null) {
            for (String name : FILES) {
                tree.delete(folder + name);
            }
            return;
        }
        for (RecorderFiles.File file : files.all()) {
            put(folder + file.name(), file.content());
        }
        if (tree instanceof FolderTree) {
            put(folder + ATTRIBUTES, "* -text\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void put(String name, byte[] content) throws IOException {
        if (!tree.has(name) || !Arrays.equals(tree.read(name), content)) {
            tree.write(name, content);
        }
    }
}
