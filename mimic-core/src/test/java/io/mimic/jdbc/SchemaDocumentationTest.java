package io.mimic.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaDocumentationTest {
    @ParameterizedTest
    @EnumSource(Schema.Part.class)
    void documentationHoldsWhatTheJarRuns(Schema.Part part) throws IOException {
        for (int version = 1; version <= part.version(); version++) {
            assertThat(SchemaDocumentation.file(part, version)).exists();
            assertThat(Files.readString(SchemaDocumentation.file(part, version)))
                    .isEqualTo(SchemaDocumentation.script(part, version));
        }
    }
}
