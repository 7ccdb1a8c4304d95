package io.mimic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md against the one table of settings. Run with {@code -Dmimic.docs.write} to write it anew. */
class ConfigurationReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- settings: written by ConfigurationReferenceTest -->\n";

    @Test
    void referenceHasEverySettingWithItsDefault() throws IOException {
        String written = Files.readString(REFERENCE);
        String intro = written.substring(0, written.indexOf(BEGIN) + BEGIN.length());
        String right = intro + table();
        if (System.getProperty("mimic.docs.write") != null) {
            Files.writeString(REFERENCE, right);
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(right);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| setting | default | form | meaning |\n|---|---|---|---|\n");
        for (MimicSetting<?> setting : MimicSetting.ALL) {
            table.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`")
                    .append(" | ")
                    .append(setting.form())
                    .append(" | ")
                    .append(setting.meaning().replace("|", "\\|"))
                    .append(" |\n");
        }
        return table.toString();
    }
}
