package io.mimic;

import org.jspecify.annotations.Nullable;

/** A setting is wrong. The message names the setting, its value and what would be right. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
