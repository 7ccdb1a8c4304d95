package io.mimic.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.maven.PageEditor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentationTest {
    private static final String PAGE = "<html>\n<head>\n</head>\n<body></body></html>\n";
    private static final RecorderFiles FILES = new RecorderFiles(
            "p_test",
            new RecorderFiles.File("mimic.js", "settings".getBytes(UTF_8)),
            new RecorderFiles.File("recorder.js", "recorder".getBytes(UTF_8)),
            List.of(new RecorderFiles.File("vitals.js", "vitals".getBytes(UTF_8))));
    private static final List<WebRoot> ROOTS = List.of(
            new WebRoot("src/main/webapp/", false),
            new WebRoot("src/main/resources/static/", false),
            new WebRoot("src/main/resources/templates/", true));

    @TempDir
    Path base;

    @Test
    void pagesOfEveryRootAreInstrumentedAndRestored() throws IOException {
        write("src/main/webapp/index.html", PAGE);
        write("src/main/webapp/a/b.HTM", PAGE);
        write("src/main/webapp/WEB-INF/hidden.html", PAGE);
        write("src/main/webapp/data.json", "{}");
        write("src/main/resources/static/index.html", PAGE);
        write("src/main/resources/templates/t.html", PAGE);
        write("src/test/resources/page.html", PAGE);
        Map<String, String> before = files();

        Report report = instrument(false);

        assertThat(report.rows())
                .extracting(Report.Row::page)
                .containsExactly(
                        "src/main/resources/static/index.html",
                        "src/main/webapp/a/b.HTM",
                        "src/main/webapp/index.html");
        assertThat(report.count(Outcome.INSTRUMENTED)).isEqualTo(3);
        assertThat(files().get("src/main/webapp/mimic-assets/recorder.js")).isEqualTo("recorder");
        assertThat(files().get("src/main/resources/static/mimic-assets/vitals.js"))
                .isEqualTo("vitals");
        assertThat(files().get("src/main/webapp/a/b.HTM")).contains("src=\"../mimic-assets/mimic.js\"");

        assertThat(instrument(false).count(Outcome.UNCHANGED)).isEqualTo(3);

        Report restored = new Report();
        run(PageEditor.uninstrumenting(options(true)), null, true, false, restored);
        assertThat(restored.count(Outcome.REMOVED)).isEqualTo(3);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void templatesAreInstrumentedWhenAskedForAndTheirFilesAreServed() throws IOException {
        write("src/main/webapp/WEB-INF/views/a.jsp", PAGE);
        write("src/main/resources/templates/t.html", PAGE);

        assertThat(instrument(true).count(Outcome.INSTRUMENTED)).isEqualTo(2);
        assertThat(files().get("src/main/resources/templates/t.html")).contains("th:src=\"@{/mimic-assets/mimic.js}\"");
        assertThat(files()).containsKey("src/main/webapp/mimic-assets/recorder.js");
        assertThat(files()).doesNotContainKey("src/main/resources/templates/mimic-assets/recorder.js");
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        write("src/main/webapp/index.html", PAGE);
        Map<String, String> before = files();
        Report report = new Report();

        run(PageEditor.instrumenting(FILES, options(false)), FILES, false, false, report);

        assertThat(report.count(Outcome.INSTRUMENTED)).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
        assertThat(report.lines(true))
                .containsExactly(
                        "src/main/webapp/index.html  would be instrumented",
                        "src/main/webapp/mimic-assets/ would get the recorder's files",
                        "1 page: 1 would be instrumented",
                        "Nothing was written: this was a dry run (mimic.dryRun).");

        instrument(false);
        Report removal = new Report();
        run(PageEditor.uninstrumenting(options(false)), null, false, false, removal);
        assertThat(removal.lines(true)).contains("src/main/webapp/mimic-assets/ would be removed");
    }

    @Test
    void aFolderThatIsALinkIsToldAndNotLookedInto() throws Exception {
        write("src/main/webapp/index.html", PAGE);
        Path page = write("elsewhere/page.html", PAGE);
        Files.createSymbolicLink(base.resolve("src/main/webapp/docs"), page.getParent());

        Report report = instrument(false);

        assertThat(report.rows()).extracting(Report.Row::page).containsExactly("src/main/webapp/index.html");
        assertThat(report.lines(false)).anyMatch(line -> line.startsWith("src/main/webapp/docs/ is a symbolic link"));
        assertThat(page).hasContent(PAGE);
    }

    @Test
    void aPageKeepsItsPermissionsAndALinkIsFollowedNowhere() throws IOException {
        Path page = write("src/main/webapp/index.html", PAGE);
        Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("rw-r-x--x"));
        Path outside =
                Files.writeString(Files.createTempDirectory(base, "outside").resolve("o.html"), PAGE);
        Files.createSymbolicLink(base.resolve("src/main/webapp/link.html"), outside);

        Report report = instrument(false);

        assertThat(report.rows())
                .filteredOn(row -> row.page().endsWith("link.html"))
                .singleElement()
                .satisfies(row -> assertThat(row.outcome()).isEqualTo(Outcome.LEFT_ALONE))
                .satisfies(row -> assertThat(row.note()).contains("symbolic link"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-r-x--x");
        assertThat(outside).hasContent(PAGE);
    }

    @Test
    void aFileThatCannotBeReadIsReported() throws IOException {
        Tree broken = new UnreadableTree("src/main/webapp/index.html");
        Report report = new Report();
        new Instrumentation(
                        broken,
                        ROOTS,
                        filter(false),
                        PageEditor.uninstrumenting(options(false)),
                        options(false),
                        report)
                .run(FILES, true, looked -> {});

        assertThat(report.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.note()).contains("disk error"));
    }

    @Test
    void manyPagesAreSummedUp() {
        Report report = new Report();
        for (int i = 0; i < 100; i++) {
            report.add("page-" + i + ".html", Outcome.INSTRUMENTED, "");
        }
        report.add("part.html", Outcome.LEFT_ALONE, "it is a fragment");

        assertThat(report.lines(false))
                .containsExactly(
                        "part.html  left alone: it is a fragment", "101 pages: 100 instrumented, 1 left alone");
    }

    @Test
    void whatLacksTheRecorderIsNamedAmongManyAndWhatIsCutIsCounted() {
        Report report = new Report();
        for (int i = 0; i < 50; i++) {
            report.add("fragment-" + i + ".html", Outcome.LEFT_ALONE, "it is a fragment");
            report.add("with-" + i + ".html", Outcome.PRESENT, "");
        }
        for (int i = 0; i < 30; i++) {
            report.add("page-" + i + ".html", Outcome.MISSING, "");
        }

        List<String> lines = report.lines(false);

        assertThat(lines).hasSize(42);
        assertThat(lines.subList(0, 30)).allMatch(line -> line.matches("page-\\d+\\.html +without recorder"));
        assertThat(lines.get(40)).isEqualTo("… and 40 more");
        assertThat(lines.get(41)).isEqualTo("130 pages: 50 with recorder, 30 without recorder, 50 left alone");
    }

    @Test
    void checkFindsFilesThatAreNotThereOrAreOthers() throws IOException {
        write("src/main/webapp/a/b.html", PAGE);
        write("src/main/webapp/based.html", PAGE.replace("<head>", "<head><base href=\"/shop/\">"));
        write("src/main/resources/templates/t.html", PAGE);
        instrument(true);
        assertThat(check().count(Outcome.PRESENT)).isEqualTo(3);

        write("src/main/webapp/mimic-assets/recorder.js", "another");
        assertThat(check().rows())
                .allSatisfy(row -> assertThat(row.outcome()).isEqualTo(Outcome.BROKEN))
                .allSatisfy(row -> assertThat(row.note()).contains("recorder.js is not the one"));

        Files.delete(base.resolve("src/main/webapp/mimic-assets/mimic.js"));
        assertThat(check().rows())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.outcome()).isEqualTo(Outcome.BROKEN))
                .allSatisfy(row -> assertThat(row.note()).contains("mimic-assets/mimic.js is not there"));
    }

    @Test
    void filesArePutAwayFromWherePagesNamedThem() throws IOException {
        write("b/deep/page.html", PAGE);
        write("c/page.html", PAGE);
        Map<String, String> before = files();
        run(
                List.of(new WebRoot("b/", false), new WebRoot("c/", false)),
                PageEditor.instrumenting(FILES, options(false)),
                FILES);
        assertThat(files()).containsKeys("b/mimic-assets/recorder.js", "c/mimic-assets/mimic.js");
        // whose file was changed since is not ours to remove
        write("c/mimic-assets/mimic.js", "changed");
        write("c/mimic-assets/recorder.js", "changed");

        run(List.of(new WebRoot("", false)), PageEditor.uninstrumenting(options(false)), null);

        assertThat(files()).containsAllEntriesOf(before).containsEntry("c/mimic-assets/mimic.js", "changed");
        assertThat(base.resolve("b/mimic-assets")).doesNotExist();
    }

    @Test
    void noPageNamesFilesThatCouldNotBeWritten() throws IOException {
        Path page = write("src/main/webapp/index.html", PAGE);
        write("src/main/webapp/mimic-assets", "a file where the folder is to be");

        assertThatThrownBy(() -> instrument(false)).isInstanceOf(IOException.class);
        assertThat(page).hasContent(PAGE);
    }

    @Test
    void aPageThatCannotBeUnderstoodHoldsUpNoOther() throws IOException {
        write("src/main/webapp/a.html", PAGE);
        write("src/main/webapp/z.html", PAGE);
        Tree tree = new FolderTreeThatFails(new FolderTree(base, List.of()), "src/main/webapp/a.html");
        Report report = new Report();

        new Instrumentation(
                        tree,
                        ROOTS,
                        filter(false),
                        PageEditor.instrumenting(FILES, options(false)),
                        options(false),
                        report)
                .run(FILES, true, looked -> {});

        assertThat(report.rows().get(0).note()).contains("cannot be understood").contains("a bug");
        assertThat(files().get("src/main/webapp/z.html")).contains("mimic-assets/mimic.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "page.html", "..", "/"})
    void aRootThatIsNoFolderIsTold(String root) throws IOException {
        write("page.html", PAGE);
        write("a/b/page.html", PAGE);

        assertThatThrownBy(() -> WebRoot.named(List.of("a", root), base))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("mimic.roots has \"" + root + "\"");
    }

    @Test
    void rootsAreReadHoweverTheyAreWritten() throws Exception {
        write("a/b/page.html", PAGE);

        assertThat(WebRoot.named(List.of("a", "./a/b/", "a\\b", ".", "a/../a"), base))
                .extracting(WebRoot::prefix)
                .containsExactly("a/", "a/b/", "a/b/", "", "a/");
    }

    private Report check() throws IOException {
        Report report = new Report();
        run(PageEditor.checking(options(true)), null, false, true, report);
        return report;
    }

    private void run(List<WebRoot> roots, PageEditor editor, RecorderFiles files) throws IOException {
        new Instrumentation(new FolderTree(base, List.of()), roots, filter(false), editor, options(false), new Report())
                .run(files, true, looked -> {});
    }

    private Report instrument(boolean templates) throws IOException {
        Report report = new Report();
        run(PageEditor.instrumenting(FILES, options(templates)), FILES, true, templates, report);
        return report;
    }

    private void run(PageEditor editor, RecorderFiles files, boolean write, boolean templates, Report report)
            throws IOException {
        new Instrumentation(
                        new FolderTree(base, List.of()), ROOTS, filter(templates), editor, options(templates), report)
                .run(files, write, looked -> {});
    }

    private static PageOptions options(boolean templates) {
        return new PageOptions("mimic-assets", null, templates, null);
    }

    private static PageFilter filter(boolean templates) {
        return new PageFilter(List.of(), List.of(), templates, "mimic-assets");
    }

    private Path write(String name, String text) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(base)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(base.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private record FolderTreeThatFails(Tree tree, String page) implements Tree {
        @Override
        public List<String> names() throws IOException {
            return tree.names();
        }

        @Override
        public boolean has(String file) throws IOException {
            return tree.has(file);
        }

        @Override
        public byte[] read(String file) throws IOException {
            if (file.equals(page)) {
                throw new IllegalStateException("a bug");
            }
            return tree.read(file);
        }

        @Override
        public void write(String file, byte[] content) throws IOException {
            tree.write(file, content);
        }

        @Override
        public void delete(String file) throws IOException {
            tree.delete(file);
        }

        @Override
        public void commit() throws IOException {
            tree.commit();
        }

        @Override
        public void close() throws IOException {
            tree.close();
        }
    }

    private record UnreadableTree(String name) implements Tree {
        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public boolean has(String file) {
            return file.equals(name);
        }

        @Override
        public byte[] read(String file) throws IOException {
            throw new IOException("disk error");
        }

        @Override
        public void write(String file, byte[] content) {
            throw new AssertionError("Nothing is to be written.");
        }

        @Override
        public void delete(String file) {}

        @Override
        public void commit() {}

        @Override
        public void close() {}
    }
}
