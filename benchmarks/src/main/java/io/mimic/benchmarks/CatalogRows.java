package io.mimic.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * A month of sessions as rows of the catalog, the same in every database and at every run: a tenth with errors, 20,000 users, eight countries.
 *
 * @param sessions how many
 */
record CatalogRows(int sessions) {
    static final String PROJECT = "benchmark";
    static final long NEWEST = 1_795_560_043_000L;
    static final List<String> SESSION_COLUMNS = List.of(
            "project",
            "session",
            "active",
            "faulty",
            "started_at",
            "ended_at",
            "seen_at",
            "ended_seen",
            "last_event",
            "landing_url",
            "url",
            "urls",
            "title",
            "pages",
            "windows",
            "events",
            "errors",
            "failed_requests",
            "console_errors",
            "rage_clicks",
            "user_id",
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
            "bytes",
            "activity");
    static final List<String> STATUS_COLUMNS = List.of("project", "status", "started_at", "session");

    private static final long MONTH = Duration.ofDays(30).toMillis();
    private static final String[] BROWSERS = {"Chrome", "Chrome", "Chrome", "Safari", "Firefox", "Edge"};
    private static final String[] SYSTEMS = {"Windows", "Windows", "Mac OS X", "Android", "iOS", "Linux"};
    private static final String[] COUNTRIES = {
        "Germany", "France", "Spain", "Italy", "Poland", "Austria", "Denmark", "Norway"
    };

    /** Values of a session's row, in the order of {@link #SESSION_COLUMNS}. */
    Object[] session(int i) {
        Random random = new Random(3L * i + 1);
        int faulty = faulty(i) ? 1 : 0;
        long at = startedAt(i);
        String urls = "/\n/list?page=" + random.nextInt(40) + "\n/product/" + random.nextInt(20_000) + "\n/checkout/"
                + Integer.toHexString(random.nextInt());
        String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
        return new Object[] {
            PROJECT,
            id(i),
            0,
            faulty,
            at,
            at + 60_000 + random.nextInt(900_000),
            at + 60_000,
            at + 60_000,
            at + 60_000,
            "https://shop.example/",
            "https://shop.example/checkout",
            urls,
            "Shop",
            3,
            1,
            240,
            faulty,
            faulty,
            0,
            0,
            random.nextInt(3) == 0 ? "user-" + random.nextInt(20_000) : null,
            "10." + random.nextInt(8) + "." + random.nextInt(256) + "." + random.nextInt(256),
            BROWSERS[random.nextInt(BROWSERS.length)],
            "156",
            SYSTEMS[random.nextInt(SYSTEMS.length)],
            "1",
            "desktop",
            "en",
            "Europe/Berlin",
            country,
            country.substring(0, 2).toUpperCase(Locale.ROOT),
            180_000,
            ""
        };
    }

    /** Values of the rows of its status codes, in the order of {@link #STATUS_COLUMNS}. */
    List<Object[]> statuses(int i) {
        List<Object[]> all = new ArrayList<>();
        for (int code : faulty(i) ? new int[] {2, 4, 200, 404} : new int[] {2, 200}) {
            all.add(new Object[] {PROJECT, code, startedAt(i), id(i)});
        }
        return all;
    }

    /** Time-ordered, as sessions' ids are. */
    String id(int i) {
        Random random = new Random(i);
        long high = startedAt(i) << 16 | 0x7000L | random.nextInt(0x1000);
        return new UUID(high, random.nextLong() >>> 2 | 0x8000000000000000L).toString();
    }

    private static boolean faulty(int i) {
        return new Random(7L * i + 5).nextInt(10) == 0;
    }

    private long startedAt(int i) {
        return NEWEST - MONTH + MONTH / sessions * i;
    }
}
