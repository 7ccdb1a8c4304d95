package io.mimic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MIMIC on a class path without the libraries that only some stores need. */
class DriversTest {
    @ParameterizedTest
    @CsvSource({
        "mimic.buffer=redis, jedis, redis.clients:jedis:",
        "mimic.buffer=postgresql, postgresql, org.postgresql:postgresql:",
        "mimic.catalog=postgresql, HikariCP, com.zaxxer:HikariCP:",
        "mimic.archive=s3, minio, io.minio:minio:",
        "mimic.archive=s3, okhttp, com.squareup.okhttp3:okhttp-jvm:"
    })
    void missingDriverIsToldWithItsCoordinates(String setting, String absent, String coordinates) throws Exception {
        String[] parts = setting.split("=", 2);
        Map<String, String> settings = Map.of(parts[0], parts[1], "mimic.single-node", "true");

        try (URLClassLoader without = without(absent)) {
            InvocationTargetException thrown =
                    catchThrowableOfType(InvocationTargetException.class, () -> start(without, settings));
            assertThat(thrown.getCause().getMessage())
                    .startsWith(setting + " needs ")
                    .containsPattern(coordinates + "\\d+\\.\\d+")
                    .endsWith("add it as a dependency.");
        }
    }

    private static void start(ClassLoader loader, Map<String, String> settings) throws ReflectiveOperationException {
        Function<String, String> source = settings::get;
        Class<?> configType = loader.loadClass("io.mimic.MimicConfig");
        Object config = configType.getMethod("from", Function.class).invoke(null, source);
        loader.loadClass("io.mimic.Mimic").getMethod("start", configType).invoke(null, config);
    }

    private static URLClassLoader without(String absent) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] urls = Stream.of(path.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.getFileName().toString().startsWith(absent + "-"))
                .map(DriversTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
