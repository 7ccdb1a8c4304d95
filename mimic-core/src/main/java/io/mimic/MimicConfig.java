package io.mimic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one running {@link Mimic}: immutable, every value checked. What is not set has the default of its
 * {@link MimicSetting}.
 */
public final class MimicConfig {
    private final Map<MimicSetting<?>, Object> values;

    private MimicConfig(Map<MimicSetting<?>, Object> values) {
        this.values = values;
    }

    /** All defaults. */
    public static MimicConfig defaults() {
        return new MimicConfig(Map.of());
    }

    /**
     * Reads every setting from a source of texts.
     *
     * @param source answers the text of a key such as {@code mimic.session.timeout}, or null where the default holds
     * @throws ConfigException naming every wrong setting, its value and what would be right
     */
    public static MimicConfig from(Function<String, @Nullable String> source) {
        Map<MimicSetting<?>, Object> values = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (MimicSetting<?> setting : MimicSetting.ALL) {
            String text = source.apply(setting.key());
            if (text == null || text.isBlank()) {
                continue;
            }
            try {
                values.put(setting, setting.parse(text));
            } catch (ConfigException e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new ConfigException(String.join(" ", wrong), null);
        }
        return new MimicConfig(values);
    }

    /** The same settings with one replaced. */
    public <T> MimicConfig with(MimicSetting<T> setting, T value) {
        Map<MimicSetting<?>, Object> changed = new LinkedHashMap<>(values);
        changed.put(setting, value);
        return new MimicConfig(changed);
    }

    /** The value in force. */
    @SuppressWarnings("unchecked") // with() and from() put only values of the setting's own type
    public <T> T get(MimicSetting<T> setting) {
        Object value = values.get(setting);
        return value == null ? setting.defaultValue() : (T) value;
    }

    /** The value in force as it would be written in a file, also of a secret. */
    public String text(MimicSetting<?> setting) {
        return SettingForms.write(get(setting));
    }

    /** Whether a value was given, be it the default's. */
    public boolean isSet(MimicSetting<?> setting) {
        return values.containsKey(setting);
    }
}
