package io.mimic.servlet;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

    /** @throws io.mimic.ConfigException naming every wrong setting */
    static MimicConfig read(FilterConfig filter, Function<String, @Nullable String> environment) {
        ServletContext context = filter.getServletContext();
        Properties file = file(context.getClassLoader());
        return MimicConfig.from(key -> first(
                System.getProperty(key),
                environment.apply(VARIABLES.getOrDefault(key, key)),
                filter.getInitParameter(key),
                context.getInitParameter(key),
                file.getProperty(key)));
    }

    /** Whether the webapp says, before any filter is there, that its own login decides who sees the dashboard. */
    static boolean dashboardBehindHost(ServletContext context, Function<String, @Nullable String> environment) {
        MimicSetting<MimicSetting.DashboardAuth> setting = MimicSetting.DASHBOARD_AUTH;
        String value = first(
                System.getProperty(setting.key()),
                environment.apply(setting.environmentVariable()),
                context.getInitParameter(setting.key()),
                file(context.getClassLoader()).getProperty(setting.key()));
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

    private static Properties file(@Nullable ClassLoader loader) {
        Properties properties = new Properties();
        ClassLoader known = loader == null ? Settings.class.getClassLoader() : loader;
        try (InputStream in = known.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " on the class path cannot be read.", e);
        }
        return properties;
    }
}
