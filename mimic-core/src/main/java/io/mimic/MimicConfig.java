package io.mimic;

import java.time.Duration;
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
        List<String> wrong = new ArrayList<>();
        MimicConfig config = read(source, wrong);
        if (wrong.isEmpty()) {
            wrong.addAll(config.contradictions());
        }
        if (!wrong.isEmpty()) {
            throw new ConfigException(String.join(" ", wrong), null);
        }
        return config;
    }

    /**
     * What is right in a source that {@link #from} refuses; a wrong setting has its default. For a host that has to say what is wrong
     * where people look for it.
     *
     * @param source answers the text of a key, or null where the default holds
     */
    public static MimicConfig readable(Function<String, @Nullable String> source) {
        return read(source, new ArrayList<>());
    }

    private static MimicConfig read(Function<String, @Nullable String> source, List<String> wrong) {
        Map<MimicSetting<?>, Object> values = new LinkedHashMap<>();
        for (MimicSetting<?> setting : MimicSetting.ALL) {
            try {
                String text = source.apply(setting.key());
                if (text != null && !text.isBlank()) {
                    values.put(setting, setting.parse(text));
                }
            } catch (ConfigException e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
        }
        return new MimicConfig(values);
    }

    private List<String> contradictions() {
        Duration flush = get(MimicSetting.FLUSH_INTERVAL);
        Duration end = get(MimicSetting.SESSION_TIMEOUT).plus(get(MimicSetting.SESSION_GRACE));
        return flush.compareTo(end) < 0
                ? List.of()
                : List.of(MimicSetting.FLUSH_INTERVAL.key() + " is " + SettingForms.write(flush)
                        + "; it must be shorter than " + MimicSetting.SESSION_TIMEOUT.key() + " and "
                        + MimicSetting.SESSION_GRACE.key() + " together, which are " + SettingForms.write(end)
                        + ", or a session ends between two of its batches.");
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
