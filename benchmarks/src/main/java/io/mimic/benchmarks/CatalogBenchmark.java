package io.mimic.benchmarks;

import io.mimic.buffer.SessionBounds;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.embedded.EmbeddedStores;
import io.mimic.jdbc.PostgresqlDatabase;
import io.mimic.jdbc.PostgresqlProcess;
import io.mimic.jdbc.PostgresqlSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How long a page of the list takes among very many sessions, beside reading one row by its key in the same database. */
final class CatalogBenchmark {
    private static final String PROJECT = "benchmark";
    private static final long NEWEST = 1_795_560_043_000L;
    private static final long MONTH = Duration.ofDays(30).toMillis();
    private static final long LONGEST = Duration.ofSeconds(15).toNanos();
    private static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));
    private static final String INSERT =
            "INSERT INTO mimic_session (project, session, active, faulty, started_at, ended_at, seen_at,"
                    + " ended_seen, last_event, landing_url, url, urls, title, pages, windows, events, errors, failed_requests, console_errors, rage_clicks,"
                    + " user_id, ip, browser, browser_version, os, os_version, device, language, time_zone, country, country_code, bytes, activity)"
                    + " VALUES (?,?,0,?,?,?,?,?,?,?,?,?,'Shop',3,1,240,?,?,0,0,?,?,?,'156',?,'1','desktop','en','Europe/Berlin',?,?,180000,'')";
    private static final String INSERT_STATUS =
            "INSERT INTO mimic_session_status (project, status, started_at, session) VALUES (?,?,?,?)";

    private final Path folder;
    private final int sessions;
    private final int rounds;

    CatalogBenchmark(Path folder, int sessions, int rounds) {
        this.folder = folder;
        this.sessions = sessions;
        this.rounds = rounds;
    }

    void run() throws Exception {
        try (PostgresqlProcess server = PostgresqlProcess.start();
                PostgresqlDatabase database =
                        PostgresqlDatabase.open(new PostgresqlSettings(server.url(), "", "", "", 4, true));
                Connection connection = DriverManager.getConnection(server.url())) {
            fill(connection);
            execute(connection, "ANALYZE");
            measure("PostgreSQL", new JdbcSessionCatalog(database, Clock.systemUTC()));
        }
        Path embedded = folder.resolve("catalog");
        EmbeddedStores.open(embedded, BOUNDS, Clock.systemUTC()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + embedded.resolve("mimic.db"))) {
            execute(connection, "PRAGMA synchronous = OFF");
            fill(connection);
        }
        try (EmbeddedStores stores = EmbeddedStores.open(embedded, BOUNDS, Clock.systemUTC())) {
            measure("Embedded (SQLite)", stores.catalog());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Random random = new Random(3);
        try (PreparedStatement session = connection.prepareStatement(INSERT);
                PreparedStatement status = connection.prepareStatement(INSERT_STATUS)) {
            for (int i = 0; i < sessions; i++) {
                add(session, status, i, random);
                if (i % 5_000 == 4_999 || i == sessions - 1) {
                    session.executeBatch();
                    status.executeBatch();
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void add(PreparedStatement session, PreparedStatement status, int i, Random random) throws SQLException {
        long at = startedAt(i);
        String id = id(i);
        boolean faulty = random.nextInt(10) == 0;
        String urls = "/\n/list?page=" + random.nextInt(40) + "\n/product/" + random.nextInt(20_000) + "\n/checkout/"
                + Integer.toHexString(random.nextInt());
        String[] browsers = {"Chrome", "Chrome", "Chrome", "Safari", "Firefox", "Edge"};
        String[] systems = {"Windows", "Windows", "Mac OS X", "Android", "iOS", "Linux"};
        String[] countries = {"Germany", "France", "Spain", "Italy", "Poland", "Austria", "Denmark", "Norway"};
        int country = random.nextInt(countries.length);
        Object[] values = {
            PROJECT,
            id,
            faulty ? 1 : 0,
            at,
            at + 60_000 + random.nextInt(900_000),
            at + 60_000,
            at + 60_000,
            at + 60_000,
            "https://shop.example/",
            "https://shop.example/checkout",
            urls,
            faulty ? 1 : 0,
            faulty ? 1 : 0,
            random.nextInt(3) == 0 ? "user-" + random.nextInt(20_000) : null,
            "10." + random.nextInt(8) + "." + random.nextInt(256) + "." + random.nextInt(256),
            browsers[random.nextInt(browsers.length)],
            systems[random.nextInt(systems.length)],
            countries[country],
            countries[country].substring(0, 2).toUpperCase(Locale.ROOT)
        };
        for (int column = 0; column < values.length; column++) {
            session.setObject(column + 1, values[column]);
        }
        session.addBatch();
        for (int code : faulty ? new int[] {2, 200, 4, 404} : new int[] {2, 200}) {
            Object[] row = {PROJECT, code, at, id};
            for (int column = 0; column < row.length; column++) {
                status.setObject(column + 1, row[column]);
            }
            status.addBatch();
        }
    }

    private long startedAt(int i) {
        return NEWEST - MONTH + MONTH / sessions * i;
    }

    /** Time-ordered, as sessions' ids are. */
    private String id(int i) {
        Random random = new Random(i);
        long high = startedAt(i) << 16 | 0x7000L | random.nextInt(0x1000);
        return new UUID(high, random.nextLong() >>> 2 | 0x8000000000000000L).toString();
    }

    private void measure(String name, SessionCatalog catalog) {
        System.out.printf(Locale.ROOT, "%n### Catalog search, %,d sessions, %s%n%n", sessions, name);
        System.out.println("| query | p50 ms | p95 ms | rows | looked through everything |");
        System.out.println("|---|---:|---:|---:|---|");
        Random random = new Random(9);
        row("reference: one session by its key", () -> {
            catalog.session(PROJECT, UUID.fromString(id(random.nextInt(sessions))));
            return null;
        });
        row("newest page", () -> catalog.find(new Ask().query()));
        String deep = cursorAfter(catalog, Math.min(50_000, sessions / 2));
        row(
                "page after the 50,000th row",
                () -> catalog.find(new Ask().cursor(deep).query()));
        row("error mode", () -> catalog.find(new Ask().errors().query()));
        row("status 404", () -> catalog.find(new Ask().status("404").query()));
        row(
                "id prefix",
                () -> catalog.find(new Ask()
                        .q(id(random.nextInt(sessions)).substring(0, 13))
                        .query()));
        row(
                "IP address",
                () -> catalog.find(
                        new Ask().q("10.3." + random.nextInt(256) + ".").query()));
        row(
                "URL substring, common",
                () -> catalog.find(new Ask().q("list?page=7").query()));
        row(
                "URL substring, one in 20,000",
                () -> catalog.find(new Ask()
                        .q("product/" + (10_000 + random.nextInt(10_000)))
                        .query()));
        row(
                "URL substring, none",
                () -> catalog.find(new Ask().q("no-such-address").query()));
        row(
                "user",
                () -> catalog.find(
                        new Ask().user("user-" + random.nextInt(20_000)).query()));
        row(
                "errors, browser and country",
                () -> catalog.find(
                        new Ask().errors().browser("Firefox").country("Norway").query()));
    }

    private static String cursorAfter(SessionCatalog catalog, int rows) {
        @Nullable String cursor = null;
        for (int row = 0; row < rows; row += 200) {
            Ask ask = new Ask();
            ask.limit = 200;
            cursor = catalog.find(ask.cursor(cursor).query()).next();
        }
        if (cursor == null) {
            throw new IllegalStateException("There are fewer rows.");
        }
        return cursor;
    }

    private void row(String name, Page page) {
        List<Double> times = new ArrayList<>();
        @Nullable SessionPage last = null;
        long end = System.nanoTime() + LONGEST;
        for (int round = -3; round < rounds && System.nanoTime() < end; round++) {
            long began = System.nanoTime();
            last = page.ask();
            if (round >= 0) {
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        times.sort(null);
        List<SessionRow> items = last == null ? List.of() : last.items();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %d | %s |%n",
                name,
                times.get(times.size() / 2),
                times.get(times.size() * 95 / 100),
                items.size(),
                last == null || last.scannedTo() == 0
                        ? "yes"
                        : items.size() == 50
                                ? "page is full"
                                : String.format(Locale.ROOT, "%.1f days", (NEWEST - last.scannedTo()) / 86_400_000.0));
    }

    @FunctionalInterface
    private interface Page {
        @Nullable
        SessionPage ask();
    }

    private static final class Ask {
        private @Nullable String q;
        private boolean errors;
        private @Nullable String status;
        private @Nullable String browser;
        private @Nullable String country;
        private @Nullable String user;
        private @Nullable String cursor;
        private int limit = 50;

        Ask q(String word) {
            q = word;
            return this;
        }

        Ask errors() {
            errors = true;
            return this;
        }

        Ask status(String code) {
            status = code;
            return this;
        }

        Ask browser(String name) {
            browser = name;
            return this;
        }

        Ask country(String name) {
            country = name;
            return this;
        }

        Ask user(String name) {
            user = name;
            return this;
        }

        Ask cursor(@Nullable String place) {
            cursor = place;
            return this;
        }

        SessionQuery query() {
            return new SessionQuery(
                    PROJECT, q, errors, status, browser, null, country, user, null, null, false, 0, 0, 0, 0, limit,
                    cursor);
        }
    }
}
