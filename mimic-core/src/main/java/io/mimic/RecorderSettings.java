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
     * @return texts, numbers, booleans, lists of texts and maps of these, in a fixed order; may be empty
     */
    public static Map<String, Object> of(MimicConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        put(settings, "flushInterval", config, MimicSetting.FLUSH_INTERVAL);
        put(settings, "idleTimeout", config, MimicSetting.IDLE_TIMEOUT);
        put(settings, "sampling", config, MimicSetting.SAMPLING);
        put(settings, "mode", config, MimicSetting.RECORDING_MODE);
        Map<String, Object> network = new LinkedHashMap<>();
        put(network, "headers", config, MimicSetting.RECORDING_HEADERS);
        put(network, "bodies", config, MimicSetting.RECORDING_BODIES);
        put(network, "websocketPayloads", config, MimicSetting.RECORDING_WEBSOCKET_PAYLOADS);
        putUnlessEmpty(settings, "network", network);
        Map<String, Object> canvas = new LinkedHashMap<>();
        put(canvas, "fps", config, MimicSetting.RECORDING_CANVAS_FPS);
        putUnlessEmpty(settings, "canvas", canvas);
        int memory = config.get(MimicSetting.RECORDING_MEMORY_MB);
        if (memory != MimicSetting.RECORDING_MEMORY_MB.defaultValue()) {
            settings.put("maxMemory", memory * 1024 * 1024);
        }
        put(settings, "privacy", config, MimicSetting.PRIVACY);
        put(settings, "consent", config, MimicSetting.CONSENT);
        put(settings, "respectGpc", config, MimicSetting.RESPECT_GPC);
        put(settings, "maskSelectors", config, MimicSetting.PRIVACY_MASK);
        put(settings, "blockSelectors", config, MimicSetting.PRIVACY_BLOCK);
        put(settings, "ignoreSelectors", config, MimicSetting.PRIVACY_IGNORE);
        put(settings, "scrubParameters", config, MimicSetting.PRIVACY_SCRUB_PARAMETERS);
        return settings;
    }

    private static void putUnlessEmpty(Map<String, Object> settings, String name, Map<String, Object> values) {
        if (!values.isEmpty()) {
            settings.put(name, values);
        }
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
