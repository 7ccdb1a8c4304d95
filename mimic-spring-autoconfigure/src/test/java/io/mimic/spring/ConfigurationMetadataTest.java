package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.MimicSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an IDE shows of {@code mimic.*} is the one table of settings. Run with {@code -Dmimic.docs.write} to write it anew. */
class ConfigurationMetadataTest {
    private static final Path METADATA =
            Path.of("src", "main", "resources", "META-INF", "spring-configuration-metadata.json");

    @Test
    void metadataHasEverySettingWithTypeDefaultAndMeaning() throws IOException {
        String right =
                JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(Map.of("properties", properties())) + "\n";
        if (System.getProperty("mimic.docs.write") != null) {
            Files.writeString(METADATA, right);
        }

        assertThat(Files.readString(METADATA)).isEqualTo(right);
    }

    private static List<Map<String, Object>> properties() {
        List<Map<String, Object>> properties = new ArrayList<>();
        for (MimicSetting<?> setting : MimicSetting.ALL) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("name", setting.key());
            property.put("type", type(setting.defaultValue()));
            property.put("description", setting.meaning());
            if (!setting.defaultText().isEmpty()) {
                property.put("defaultValue", setting.defaultText());
            }
            properties.add(property);
        }
        return properties;
    }

    /** Sizes are text for Spring, since it writes them otherwise than MIMIC. */
    private static String type(Object value) {
        if (value instanceof List) {
            return "java.util.List<java.lang.String>";
        }
        if (value instanceof Enum<?> choice) {
            return choice.getDeclaringClass().getName();
        }
        return value instanceof Duration
                        || value instanceof Boolean
                        || value instanceof Integer
                        || value instanceof Double
                ? value.getClass().getName()
                : "java.lang.String";
    }
}
