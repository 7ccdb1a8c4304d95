package io.mimic.maven;

import io.mimic.maven.PageEditor.Edited;
import io.mimic.maven.PageEditor.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Edits the pages of a tree, and puts the recorder's files beside them or takes them away. */
final class Instrumentation {
    private static final String FOLDER_LINK =
            "is a symbolic link to a folder and was not looked into: what it leads to may not be the app's own";

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
     * @param files what goes beside the pages; null takes it away, or only looks when the editor checks
     * @param write false: tells what would be done, and does nothing
     * @param progress is told how many pages were looked at
     */
    void run(@Nullable RecorderFiles files, boolean write, IntConsumer progress) throws IOException {
        Assets assets = new Assets(tree, roots, options.folder(), files, write, report);
        int looked = 0;
        for (String name : tree.names()) {
            Optional<WebRoot> root = WebRoot.of(name, roots);
            if (name.endsWith("/")) {
                root.ifPresent(any -> report.remark(name, FOLDER_LINK));
            } else if (root.isPresent() && filter.wants(name, root.get())) {
                page(name, root.get(), assets, write);
                progress.accept(++looked);
            }
        }
        if (files == null && !editor.checks()) {
            assets.remove();
        }
        if (write) {
            tree.commit();
        }
    }

    private void page(String name, WebRoot root, Assets assets, boolean write) throws IOException {
        Edited edited = edited(name, root);
        if (editor.checks()) {
            Edited checked = edited;
            edited = assets.objection(name, root, edited.references())
                    .map(checked::broken)
                    .orElse(checked);
        } else if (edited.outcome() != Outcome.LEFT_ALONE) {
            // a page never names files that are not there yet
            assets.of(name, root, edited.references());
        }
        if (write && edited.outcome().changes()) {
            edited = written(name, edited);
        }
        report.add(name, edited.outcome(), edited.note());
    }

    private Edited edited(String name, WebRoot root) {
        try {
            return editor.edit(root.path(name), root.templates(), tree.read(name));
        } catch (IOException e) {
            return leftAlone("it cannot be read: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return leftAlone("it cannot be understood (" + e + ")");
        }
    }

    private Edited written(String name, Edited edited) {
        try {
            tree.write(name, edited.bytes());
            return edited;
        } catch (IOException e) {
            return leftAlone("it cannot be written: " + e.getMessage());
        }
    }

    private static Edited leftAlone(String why) {
        return new Edited(Outcome.LEFT_ALONE, new byte[0], why, List.of());
    }
}
