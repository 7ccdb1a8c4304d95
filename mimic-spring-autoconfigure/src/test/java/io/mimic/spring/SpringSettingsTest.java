package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SpringSettingsTest {
    @TempDir
    Path classes;

    @Test
    void idThatTheBuildPutIntoThePagesIsTheProjectsId() throws IOException {
        Files.writeString(classes.resolve("mimic.properties"), "mimic.project.id=p_built\nmimic.privacy=strict\n");

        MimicConfig config = read(Map.of("mimic.privacy", "none"));

        assertThat(config.get(MimicSetting.PROJECT_ID)).isEqualTo("p_built");
        assertThat(config.get(MimicSetting.PRIVACY)).isEqualTo(MimicSetting.Privacy.NONE);
    }

    @Test
    void fileNeedNotBeThere() throws IOException {
        assertThat(read(Map.of("mimic.project.id", "p_told")).get(MimicSetting.PROJECT_ID))
                .isEqualTo("p_told");
    }

    private MimicConfig read(Map<String, Object> properties) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader app = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(app);
            return SpringSettings.read(environment);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
