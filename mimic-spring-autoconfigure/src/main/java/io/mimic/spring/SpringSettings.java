package io.mimic.spring;

import io.mimic.ConfigException;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Reads the settings from a Spring environment, with its relaxed names; lists may be written as lists. What it does not say is taken from
 * {@code mimic.properties} on the class path, where {@code mimic:instrument} keeps the project's id.
 */
final class SpringSettings {
    private static final Map<String, MimicSetting<?>> BY_KEY =
            MimicSetting.ALL.stream().collect(Collectors.toUnmodifiableMap(MimicSetting::key, Function.identity()));

    private final Environment environment;
    private final Binder binder;
    private final Properties file;

    private SpringSettings(Environment environment, Properties file) {
        this.environment = environment;
        this.binder = Binder.get(environment);
        this.file = file;
    }

    /** @throws ConfigException naming every wrong setting */
    static MimicConfig read(Environment environment) {
        return MimicConfig.from(new SpringSettings(environment, file())::text);
    }

    /** What is right of settings that may be wrong. */
    static MimicConfig readable(Environment environment) {
        Properties file;
        try {
            file = file();
        } catch (ConfigException e) {
            file = new Properties(); // who reads the settings in earnest tells it
        }
        return MimicConfig.readable(new SpringSettings(environment, file)::text);
    }

    private @Nullable String text(String key) {
        MimicSetting<?> setting = BY_KEY.get(key);
        if (setting == null) {
            return null;
        }
        try {
            return text(key, setting);
        } catch (BindException | IllegalArgumentException e) {
            throw new ConfigException(key + " cannot be read: " + rootMessage(e), e);
        }
    }

    private @Nullable String text(String key, MimicSetting<?> setting) {
        String bound = setting.defaultValue() instanceof List
                ? binder.bind(key, Bindable.listOf(String.class))
                        .map(values -> String.join(",", values))
                        .orElse("")
                : binder.bind(key, Bindable.of(String.class)).orElse("");
        // the exact name of the table, where relaxed binding knows another
        String exact = bound.isEmpty() ? environment.getProperty(setting.environmentVariable()) : bound;
        return exact == null || exact.isBlank() ? file.getProperty(key) : exact;
    }

    private static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static Properties file() {
        ClassPathResource resource = new ClassPathResource("mimic.properties");
        try {
            return resource.exists() ? PropertiesLoaderUtils.loadProperties(resource) : new Properties();
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    "mimic.properties on the class path cannot be read: " + e.getMessage()
                            + " (a backslash is written twice in it).",
                    e);
        }
    }
}
