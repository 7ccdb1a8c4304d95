package io.mimic.servlet;

import io.mimic.ConfigException;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a plain servlet webapp. The first source that has a setting wins: system property, environment variable, init
 * parameter of the filter, context parameter, {@code mimic.properties} on the class path of the webapp.
 */
final class Settings {
    private static final String FILE = "mimic.properties";
    private static final Map<String, String> VARIABLES = MimicSetting.ALL.stream()
            .collect(Collectors.toUnmodifiableMap(MimicSetting::key, MimicSetting::environmentVariable));

    private Settings() {}

    /** @throws ConfigException naming every wrong setting */
    static MimicConfig read(FilterConfig filter, Function<String, @Nullable String> environment) {
        return MimicConfig.from(source(filter, environment, file(filter.getServletContext())));
    }

    /** What is right of settings that may be wrong. */
    static MimicConfig readable(FilterConfig filter, Function<String, @Nullable String> environment) {
        return MimicConfig.readable(source(filter, environment, readableFile(filter.getServletContext())));
    }

    private static Properties readableFile(ServletContext context) {
        try {
            return file(context);
        } catch (ConfigException e) {
            return new Properties(); // who reads the settings in earnest tells it
        }
    }

    private static Function<String, @Nullable String> source(
            FilterConfig filter, Function<String, @Nullable String> environment, Properties file) {
        ServletContext context = filter.getServletContext();
        return key -> first(
                System.getProperty(key),
                environment.apply(VARIABLES.getOrDefault(key, key)),
                filter.getInitParameter(key),
                context.getInitParameter(key),
                file.getProperty(key));
    }

    /** Whether the webapp says, before any filter is there, that its own login decides who sees the dashboard. */
    static boolean dashboardBehindHost(ServletContext context, Function<String, @Nullable String> environment) {
        MimicSetting<MimicSetting.DashboardAuth> setting = MimicSetting.DASHBOARD_AUTH;
        String value = first(
                System.getProperty(setting.key()),
                environment.apply(setting.environmentVariable()),
                context.getInitParameter(setting.key()),
                readableFile(context).getProperty(setting.key()));
        return MimicSetting.DashboardAuth.HOST.name().equalsIgnoreCase(value == null ? "" : value.trim());
    }

    private static @Nullable String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private static Properties file(ServletContext context) {
        ClassLoader loader = context.getClassLoader();
        Properties properties = new Properties();
        ClassLoader known = loader == null ? Settings.class.getClassLoader() : loader;
        try (InputStream in = known.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    FILE + " on the class path cannot be read: " + e.getMessage()
                            + " (a backslash is written twice in it).",
                    e);
        }
        return properties;
    }
}
