package io.mimic.benchmarks;

import io.mimic.buffer.SessionBounds;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionRow;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.embedded.EmbeddedStores;
import io.mimic.jdbc.PostgresqlDatabase;
import io.mimic.jdbc.PostgresqlProcess;
import io.mimic.jdbc.PostgresqlSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
    private static final String PROJECT = CatalogRows.PROJECT;
    private static final long LONGEST = Duration.ofSeconds(15).toNanos();
    static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));
    private final Path folder;
    private final CatalogRows rows;
    private final int sessions;
    private final int rounds;
    private final boolean measured;

    /**
     * @param folder where the embedded catalog is made, or is found as an earlier run left it
     * @param measured whether to measure, or only to fill
     */
    CatalogBenchmark(Path folder, int sessions, int rounds, boolean measured) {
        this.folder = folder;
        this.rows = new CatalogRows(sessions);
        this.sessions = sessions;
        this.rounds = rounds;
        this.measured = measured;
    }

    void run() throws Exception {
        @Nullable String kept = System.getenv("MIMIC_BENCH_POSTGRESQL");
        if (kept != null) {
            postgresql(kept);
        } else {
            try (PostgresqlProcess server = PostgresqlProcess.start()) {
                postgresql(server.url());
            }
        }
        if (!"postgresql".equals(System.getenv("MIMIC_BENCH_CATALOGS"))) {
            embedded();
        }
    }

    private void postgresql(String url) throws Exception {
        try (PostgresqlDatabase database = PostgresqlDatabase.open(new PostgresqlSettings(url, "", "", "", 4, true));
                Connection connection = DriverManager.getConnection(url)) {
            CatalogFill.postgresql(connection, rows);
            if (measured) {
                measure("PostgreSQL", new JdbcSessionCatalog(database, Clock.systemUTC()));
            }
        }
    }

    private void embedded() throws Exception {
        EmbeddedStores.open(folder, BOUNDS, Clock.systemUTC()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mimic.db"))) {
            CatalogFill.sqlite(connection, rows);
        }
        if (measured) {
            try (EmbeddedStores stores = EmbeddedStores.open(folder, BOUNDS, Clock.systemUTC())) {
                measure("Embedded (SQLite)", stores.catalog());
            }
        }
    }

    private void measure(String name, SessionCatalog catalog) {
        System.out.printf(Locale.ROOT, "%n### Catalog search, %,d sessions, %s%n%n", sessions, name);
        System.out.println("| query | p50 ms | p95 ms | rows | looked through everything |");
        System.out.println("|---|---:|---:|---:|---|");
        Random random = new Random(9);
        row("reference: one session by its key", () -> {
            catalog.session(PROJECT, UUID.fromString(rows.id(random.nextInt(sessions))));
            return null;
        });
        row("newest page", () -> catalog.find(new CatalogAsk().query()));
        int before = Math.min(50_000, sessions / 2);
        String deep = cursorAfter(catalog, before);
        row(
                String.format(Locale.ROOT, "page after the %,dth row", before),
                () -> catalog.find(new CatalogAsk().cursor(deep).query()));
        row("error mode", () -> catalog.find(new CatalogAsk().errors().query()));
        row("status 404", () -> catalog.find(new CatalogAsk().status("404").query()));
        row(
                "id prefix",
                () -> catalog.find(new CatalogAsk()
                        .q(rows.id(random.nextInt(sessions)).substring(0, 13))
                        .query()));
        row(
                "IP address",
                () -> catalog.find(
                        new CatalogAsk().q("10.3." + random.nextInt(256) + ".").query()));
        row(
                "URL substring, common",
                () -> catalog.find(new CatalogAsk().q("list?page=7").query()));
        row(
                "URL substring, one in 20,000",
                () -> catalog.find(new CatalogAsk()
                        .q("product/" + (10_000 + random.nextInt(10_000)))
                        .query()));
        row(
                "URL substring, none",
                () -> catalog.find(new CatalogAsk().q("no-such-address").query()));
        row(
                "user",
                () -> catalog.find(
                        new CatalogAsk().user("user-" + random.nextInt(20_000)).query()));
        row(
                "errors, browser and country",
                () -> catalog.find(new CatalogAsk()
                        .errors()
                        .browser("Firefox")
                        .country("Norway")
                        .query()));
    }

    private static String cursorAfter(SessionCatalog catalog, int rows) {
        @Nullable String cursor = null;
        for (int row = 0; row < rows; row += 200) {
            CatalogAsk ask = new CatalogAsk().limit(200).cursor(cursor);
            cursor = catalog.find(ask.query()).next();
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
                                : String.format(
                                        Locale.ROOT,
                                        "%.1f days",
                                        (CatalogRows.NEWEST - last.scannedTo()) / 86_400_000.0));
    }

    @FunctionalInterface
    private interface Page {
        @Nullable
        SessionPage ask();
    }
}
