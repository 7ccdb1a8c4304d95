package io.mimic.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.maven.PageEditor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    }

    @Test
    void aPageKeepsItsPermissionsAndALinkIsFollowedNowhere() throws IOException {
        Path page = write("src/main/webapp/index.html", PAGE);
        Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("rw-r-x--x"));
        Path outside =
                Files.writeString(Files.createTempDirectory(base, "outside").resolve("o.html"), PAGE);
        Files.createSymbolicLink(base.resolve("src/main/webapp/link.html"), outside);

        instrument(false);

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

        assertThat(report.lines())
                .containsExactly(
                        "part.html  left alone: it is a fragment", "101 pages: 100 instrumented, 1 left alone");
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
