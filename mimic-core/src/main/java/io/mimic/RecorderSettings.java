package io.mimic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The settings that a page's recorder is told, under their names in docs/wire.md section 1. */
public final class RecorderSettings {
    private RecorderSettings() {}

    /**
     * What differs from the recorder's own defaults, which are the same as here.
     *
     * @return texts, numbers, booleans and lists of texts, in a fixed order; may be empty
     */
    public static Map<String, Object> of(MimicConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        put(settings, "flushInterval", config, MimicSetting.FLUSH_INTERVAL);
        put(settings, "idleTimeout", config, MimicSetting.IDLE_TIMEOUT);
        put(settings, "sampling", config, MimicSetting.SAMPLING);
        put(settings, "privacy", config, MimicSetting.PRIVACY);
        put(settings, "consent", config, MimicSetting.CONSENT);
        put(settings, "respectGpc", config, MimicSetting.RESPECT_GPC);
        put(settings, "maskSelectors", config, MimicSetting.PRIVACY_MASK);
        put(settings, "blockSelectors", config, MimicSetting.PRIVACY_BLOCK);
        put(settings, "ignoreSelectors", config, MimicSetting.PRIVACY_IGNORE);
        put(settings, "scrubParameters", config, MimicSetting.PRIVACY_SCRUB_PARAMETERS);
        return settings;
    }

    private static void put(Map<String, Object> settings, String name, MimicConfig config, MimicSetting<?> setting) {
        Object value = config.get(setting);
        if (value.equals(setting.defaultValue())) {
            return;
        }
        if (value instanceof Duration duration) {
            settings.put(name, duration.toMillis());
        } else if (value instanceof Enum<?> word) {
            settings.put(name, word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        } else {
            settings.put(name, value);
        }
    }
}
