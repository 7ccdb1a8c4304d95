package io.mimic;

import io.mimic.store.StoreHealth;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How MIMIC is.
 *
 * @param version of MIMIC
 * @param reason why nothing is recorded, for whoever runs the server: it may name folders, hosts and values of settings; null when recording
 *     works
 * @param losses what could not be done since the start
 */
public record MimicHealth(
        String version,
        StoreHealth buffer,
        StoreHealth archive,
        StoreHealth catalog,
        @Nullable String reason,
        MimicLosses losses) {
    static final String STARTING = "MIMIC is starting.";
    static final String CLOSED = "MIMIC was closed.";
    static final String SWITCHED_OFF = "MIMIC is switched off by " + MimicSetting.ENABLED.key() + "=false.";

    private static final Set<String> SAID_TO_ANYONE = Set.of(STARTING, CLOSED, SWITCHED_OFF);
    private static final Pattern HOLDER = Pattern.compile("is held by (process \\d+)");
    private static final Pattern SETTING = Pattern.compile("\\bmimic(\\.[a-z0-9-]+)+");

    /** All stores are well and sessions are recorded. */
    public boolean up() {
        return reason == null && buffer.up() && archive.up() && catalog.up();
    }

    /**
     * What anybody may know of {@link #reason()}: which settings it is about and which process holds the data directory, but no value, folder,
     * host or message of a store.
     *
     * @return null when recording works
     */
    public @Nullable String publicReason() {
        if (reason == null || SAID_TO_ANYONE.contains(reason)) {
            return reason;
        }
        String settings = SETTING.matcher(reason)
                .results()
                .map(found -> found.group())
                .filter(MimicHealth::isSetting)
                .distinct()
                .collect(Collectors.joining(", "));
        var holder = HOLDER.matcher(reason);
        return (holder.find() ? "The data directory is held by " + holder.group(1) + ". " : "")
                + (settings.isEmpty() ? "" : "Look at " + settings + ". ")
                + "The server's log says why nothing is recorded.";
    }

    private static boolean isSetting(String key) {
        return MimicSetting.ALL.stream().anyMatch(setting -> setting.key().equals(key));
    }
}
