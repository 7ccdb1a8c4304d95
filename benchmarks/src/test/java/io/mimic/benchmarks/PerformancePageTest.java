package io.mimic.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PerformancePageTest {
    private static final String PAGE =
            "# Page\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nbetween\n<!-- bench:b full -->\nlarge\n<!-- /bench:b -->\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void page() throws Exception {
        file = Files.writeString(folder.resolve("page.md"), PAGE);
    }

    @Test
    void onlyWhatWasRunChanges() throws Exception {
        assertThat(new PerformancePage(file).write("a", false, "\nnew $1 \\\n")).isTrue();
        assertThat(file).hasContent(PAGE.replace("old", "new $1 \\"));
    }

    @Test
    void whatNeedsAFullRunKeepsItsTableInAQuickOne() throws Exception {
        assertThat(new PerformancePage(file).takes("b", false)).isFalse();
        assertThat(new PerformancePage(file).takes("b", true)).isTrue();
        assertThat(new PerformancePage(file).write("b", false, "small")).isFalse();
        assertThat(file).hasContent(PAGE);
        assertThat(new PerformancePage(file).write("b", true, "larger")).isTrue();
        assertThat(file).hasContent(PAGE.replace("large", "larger"));
    }

    @Test
    void whatHasNoPlaceIsWrittenNowhere() throws Exception {
        assertThat(new PerformancePage(file).write("c", true, "new")).isFalse();
        assertThat(file).hasContent(PAGE);
    }
}
