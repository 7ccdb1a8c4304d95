package io.mimic.maven;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.maven.PageEditor.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API pages of two libraries, as javadoc wrote them in 2008 (framesets, upper case, no charset) and lately, in a folder. */
class RealPagesTest {
    private static final List<WebRoot> ROOTS = List.of(new WebRoot("", false));
    private static final PageOptions OPTIONS = new PageOptions("mimic-assets", null, false, null);
    private static final PageFilter FILTER = new PageFilter(List.of(), List.of(), false, "mimic-assets");
    private static final RecorderFiles FILES = new RecorderFiles(
            "p_test",
            new RecorderFiles.File("mimic.js", "settings".getBytes(UTF_8)),
            new RecorderFiles.File("recorder.js", "recorder".getBytes(UTF_8)),
            List.of());

    @TempDir
    Path folder;

    private Map<String, byte[]> before = Map.of();

    @BeforeEach
    void unpack() throws IOException {
        String[] classPath = System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1);
        for (String jar : classPath) {
            if (jar.endsWith("-javadoc.jar")) {
                unpack(Path.of(jar));
            }
        }
        before = files();
        assertThat(before).hasSizeGreaterThan(250);
    }

    @Test
    void getTheRecorderAndNothingElse() throws IOException {
        Report report = run(PageEditor.instrumenting(FILES, OPTIONS), FILES);

        long instrumented = report.count(Outcome.INSTRUMENTED);
        assertThat(instrumented).isGreaterThan(250);
        assertThat(report.rows()).allSatisfy(row -> {
            byte[] old = before.get(row.page());
            byte[] now = Files.readAllBytes(folder.resolve(row.page()));
            assertThat(row.outcome()).as(row.page() + row.note()).isEqualTo(Outcome.INSTRUMENTED);
            assertOneInsertion(row.page(), old, now);
            assertRunsFirst(row.page(), new String(now, ISO_8859_1));
        });
        assertThat(run(PageEditor.instrumenting(FILES, OPTIONS), FILES).count(Outcome.UNCHANGED))
                .isEqualTo(instrumented);
        assertThat(run(PageEditor.checking(OPTIONS), null).count(Outcome.PRESENT))
                .isEqualTo(instrumented);

        run(PageEditor.uninstrumenting(OPTIONS), null);

        assertThat(files()).containsExactlyInAnyOrderEntriesOf(before);
    }

    /** Without any knowledge of tags: what is there now is what was there, around one piece that is new. */
    private static void assertOneInsertion(String page, byte[] old, byte[] now) {
        int same = Arrays.mismatch(old, now);
        int tail = old.length - same;
        assertThat(Arrays.copyOfRange(now, now.length - tail, now.length))
                .as(page)
                .isEqualTo(Arrays.copyOfRange(old, same, old.length));
    }

    private static void assertRunsFirst(String page, String text) {
        Document document = Jsoup.parse(text);
        String up = "../".repeat((int) page.chars().filter(c -> c == '/').count());
        assertThat(document.head().select("script[src]"))
                .as(page)
                .hasSizeGreaterThanOrEqualTo(2)
                .extracting(script -> script.attr("src"))
                .startsWith(up + "mimic-assets/mimic.js", up + "mimic-assets/recorder.js");
    }

    private Report run(PageEditor editor, RecorderFiles files) throws IOException {
        Report report = new Report();
        new Instrumentation(new FolderTree(folder, List.of()), ROOTS, FILTER, editor, OPTIONS, report)
                .run(files, true, looked -> {});
        return report;
    }

    private void unpack(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".html")) {
                    Path page = folder.resolve(jar.getFileName() + "/" + entry.getName());
                    Files.createDirectories(page.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, page);
                    }
                }
            }
        }
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
