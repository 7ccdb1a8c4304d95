package io.mimic.dashboard;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.catalog.UsageRow;
import io.mimic.replay.SessionReader;
import io.mimic.servlet.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code api/settings} and {@code api/storage}: what is in force, and how full it is. No secret is among it. */
final class SettingsApi {
    private static final Map<String, List<MimicSetting<?>>> GROUPS = groups();

    private final MimicConfig config;
    private final SessionReader sessions;

    SettingsApi(MimicConfig config, SessionReader sessions) {
        this.config = config;
        this.sessions = sessions;
    }

    void settings(Exchange exchange, Caller caller) throws IOException {
        Map<String, Object> groups = new LinkedHashMap<>();
        GROUPS.forEach((name, settings) -> {
            List<Object> shown = new ArrayList<>();
            settings.stream().filter(setting -> !setting.secret()).forEach(setting -> shown.add(json(setting)));
            groups.put(name, shown);
        });
        exchange.json(200, groups);
    }

    void storage(Exchange exchange, Caller caller) throws IOException {
        Map<String, Object> storage = json(sessions.usage(caller.project().id()));
        storage.put("maxBytes", config.get(MimicSetting.RETENTION_MAX_BYTES));
        exchange.json(200, storage);
    }

    static Map<String, Object> json(UsageRow usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sessions", usage.sessions());
        json.put("active", usage.active());
        json.put("bytes", usage.bytes());
        json.put("oldestAt", Times.isoOrNull(usage.oldestAt()));
        json.put("newestAt", Times.isoOrNull(usage.newestAt()));
        return json;
    }

    private Map<String, Object> json(MimicSetting<?> setting) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", setting.key());
        json.put("value", config.text(setting));
        json.put("set", config.isSet(setting));
        json.put("meaning", setting.meaning());
        return json;
    }

    private static Map<String, List<MimicSetting<?>>> groups() {
        Map<String, List<MimicSetting<?>>> groups = new LinkedHashMap<>();
        groups.put(
                "privacy",
                MimicSetting.ALL.stream()
                        .filter(setting -> setting.key().startsWith("mimic.privacy"))
                        .toList());
        groups.put("consent", List.of(MimicSetting.CONSENT, MimicSetting.RESPECT_GPC, MimicSetting.SAMPLING));
        groups.put(
                "retention",
                List.of(MimicSetting.RETENTION, MimicSetting.RETENTION_MAX_BYTES, MimicSetting.ACCESS_LOG_RETENTION));
        groups.put(
                "sessions",
                List.of(
                        MimicSetting.SESSION_TIMEOUT,
                        MimicSetting.SESSION_GRACE,
                        MimicSetting.SESSION_RESUME,
                        MimicSetting.SESSION_MAX_DURATION,
                        MimicSetting.IDLE_TIMEOUT));
        groups.put(
                "stores",
                List.of(MimicSetting.BUFFER, MimicSetting.CATALOG, MimicSetting.ARCHIVE, MimicSetting.ARCHIVE_CODEC));
        groups.put(
                "access",
                List.of(
                        MimicSetting.DASHBOARD_AUTH,
                        MimicSetting.DASHBOARD_ROLE,
                        MimicSetting.DASHBOARD_ADMIN_ROLE,
                        MimicSetting.DASHBOARD_HOSTS,
                        MimicSetting.CROSS_ORIGINS));
        return groups;
    }
}
