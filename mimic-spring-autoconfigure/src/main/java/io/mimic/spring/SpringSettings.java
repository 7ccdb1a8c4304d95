package io.mimic.spring;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    private final Properties file = file();

    private SpringSettings(Environment environment) {
        this.environment = environment;
        this.binder = Binder.get(environment);
    }

    /** @throws io.mimic.ConfigException naming every wrong setting */
    static MimicConfig read(Environment environment) {
        return MimicConfig.from(new SpringSettings(environment)::text);
    }

    private @Nullable String text(String key) {
        MimicSetting<?> setting = BY_KEY.get(key);
        if (setting == null) {
            return null;
        }
        String bound = setting.defaultValue() instanceof List
                ? binder.bind(key, Bindable.listOf(String.class))
                        .map(values -> String.join(",", values))
                        .orElse("")
                : binder.bind(key, Bindable.of(String.class)).orElse("");
        // the exact name of the table, where relaxed binding knows another
        String exact = bound.isEmpty() ? environment.getProperty(setting.environmentVariable()) : bound;
        return exact == null || exact.isBlank() ? file.getProperty(key) : exact;
    }

    private static Properties file() {
        ClassPathResource resource = new ClassPathResource("mimic.properties");
        try {
            return resource.exists() ? PropertiesLoaderUtils.loadProperties(resource) : new Properties();
        } catch (IOException e) {
            throw new UncheckedIOException("mimic.properties on the class path cannot be read.", e);
        }
    }
}
