package io.mimic.maven;

import io.mimic.maven.Collector.CollectorException;
import io.mimic.project.Origins;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that a build is given: {@code -D} or a property of the pom, the environment, a server of settings.xml. They are not parameters of
 * the goals, since Maven prints those in its debug output.
 */
record Inputs(Properties properties, Map<String, String> environment, Map<String, String> server) {
    static final String COLLECTOR = "mimic.collector";
    static final String PROJECT = "mimic.project";
    static final String PASSWORD = "mimic.password";
    static final String TOKEN = "mimic.registrationToken";
    static final String ORIGINS = "mimic.origins";

    /**
     * @param place of the text, for people
     * @throws CollectorException naming what is no origin
     */
    static Origins origins(String text, String place) throws CollectorException {
        try {
            return Origins.of(Stream.of(text.split(",", -1))
                    .map(String::trim)
                    .filter(part -> !part.isEmpty())
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new CollectorException(place + ": " + e.getMessage());
        }
    }

    /** Name of the environment variable of a value. */
    static String variable(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    Optional<String> get(String name) {
        return first(properties.getProperty(name), environment.get(variable(name)), server.get(name));
    }

    private static Optional<String> first(@Nullable String... values) {
        for (@Nullable String value : values) {
            if (value != null && !value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Inputs";
    }
}
