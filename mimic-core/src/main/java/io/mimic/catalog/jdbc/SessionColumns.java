package io.mimic.catalog.jdbc;

import static io.mimic.jdbc.ColumnText.cut;
import static io.mimic.jdbc.ColumnText.whole;

import io.mimic.catalog.ClientRow;
import io.mimic.catalog.SessionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a session's row is read and its client metadata is written. */
final class SessionColumns {
    static final List<String> CLIENT = List.of(
            "landing_url",
            "title",
            "ip",
            "browser",
            "browser_version",
            "os",
            "os_version",
            "device",
            "language",
            "time_zone",
            "country",
            "country_code",
            "region",
            "city",
            "client");

    private static final List<String> ALL = List.of(
            "project",
            "session",
            "active",
            "started_at",
            "ended_at",
            "landing_url",
            "url",
            "title",
            "pages",
            "windows",
            "events",
            "errors",
            "failed_requests",
            "console_errors",
            "rage_clicks",
            "user_id",
            "traits",
            "ip",
            "browser",
            "browser_version",
            "os",
            "os_version",
            "device",
            "language",
            "time_zone",
            "country",
            "country_code",
            "region",
            "city",
            "bytes",
            "client",
            "activity");

    private SessionColumns() {}

    /** All columns in the order that {@link #row} reads. */
    static String of(String alias) {
        return ALL.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }

    /** Values in the order of {@link #CLIENT}. */
    static List<@Nullable Object> client(ClientRow client) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(cut(client.landingUrl(), ColumnWidth.URL));
        values.add(cut(client.title(), ColumnWidth.TITLE));
        Stream.of(
                        client.ip(),
                        client.browser(),
                        client.browserVersion(),
                        client.os(),
                        client.osVersion(),
                        client.device(),
                        client.language(),
                        client.timeZone(),
                        client.country(),
                        client.countryCode(),
                        client.region(),
                        client.city())
                .map(text -> cut(text, ColumnWidth.WORD))
                .forEach(values::add);
        values.add(whole(client.json(), ColumnWidth.DOCUMENT));
        return values;
    }

    static SessionRow row(ResultSet row) throws SQLException {
        long startedAt = row.getLong(4);
        long endedAt = row.getLong(5);
        return new SessionRow(
                row.getString(1),
                UUID.fromString(row.getString(2)),
                row.getInt(3) == 1,
                startedAt,
                endedAt,
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getInt(9),
                row.getInt(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                row.getString(16),
                row.getString(17),
                row.getString(18),
                row.getString(19),
                row.getString(20),
                row.getString(21),
                row.getString(22),
                row.getString(23),
                row.getString(24),
                row.getString(25),
                row.getString(26),
                row.getString(27),
                row.getString(28),
                row.getString(29),
                row.getLong(30),
                row.getString(31),
                Activity.parse(row.getString(32), startedAt).shown(endedAt));
    }
}
