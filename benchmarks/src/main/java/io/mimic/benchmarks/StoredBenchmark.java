package io.mimic.benchmarks;

import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.embedded.EmbeddedStores;
import io.mimic.jdbc.PostgresqlDatabase;
import io.mimic.jdbc.PostgresqlProcess;
import io.mimic.jdbc.PostgresqlSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** How the cost of a page of the list grows with the sessions that are stored, from 1,000 on in steps of ten. */
final class StoredBenchmark {
    private static final int LEAST = 1_000;
    private static final int STEP = 10;
    private static final int WARM_UP = 20;
    private static final long LONGEST = Duration.ofSeconds(15).toNanos();
    /** With more the embedded catalog is not filled within minutes. */
    private static final int MOST_EMBEDDED = 1_000_000;

    private final Path folder;
    private final int most;
    private final int rounds;
    private final Plots plots;
    private final Map<Integer, Map<String, Spread>> figures = new LinkedHashMap<>();

    /** @param most sessions, a power of ten */
    StoredBenchmark(Path folder, int most, int rounds, Plots plots) {
        this.folder = folder;
        this.most = most;
        this.rounds = rounds;
        this.plots = plots;
    }

    void run() throws Exception {
        for (int stored = LEAST; stored <= most; stored *= STEP) {
            CatalogRows rows = new CatalogRows(stored);
            Map<String, Spread> row = new LinkedHashMap<>();
            figures.put(stored, row);
            postgresql(rows, row);
            if (stored <= MOST_EMBEDDED) {
                embedded(rows, row);
            }
        }
        table();
        plot();
    }

    private void postgresql(CatalogRows rows, Map<String, Spread> row) throws Exception {
        @Nullable String kept = System.getenv("MIMIC_BENCH_POSTGRESQL");
        if (kept != null && rows.sessions() == most) {
            postgresql(kept, rows, row);
            return;
        }
        try (PostgresqlProcess server = PostgresqlProcess.start()) {
            postgresql(server.url(), rows, row);
        }
    }

    private void postgresql(String url, CatalogRows rows, Map<String, Spread> row) throws Exception {
        try (PostgresqlDatabase database = PostgresqlDatabase.open(new PostgresqlSettings(url, "", "", "", 4, true));
                Connection connection = DriverManager.getConnection(url)) {
            CatalogFill.postgresql(connection, rows);
            measure("PostgreSQL", new JdbcSessionCatalog(database, Clock.systemUTC()), rows, row);
        }
    }

    private void embedded(CatalogRows rows, Map<String, Spread> row) throws Exception {
        Path place = folder.resolve("stored-" + rows.sessions());
        EmbeddedStores.open(place, CatalogBenchmark.BOUNDS, Clock.systemUTC()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + place.resolve("mimic.db"))) {
            CatalogFill.sqlite(connection, rows);
        }
        try (EmbeddedStores stores = EmbeddedStores.open(place, CatalogBenchmark.BOUNDS, Clock.systemUTC())) {
            measure("SQLite", stores.catalog(), rows, row);
        }
    }

    private void measure(String store, SessionCatalog catalog, CatalogRows rows, Map<String, Spread> row) {
        Random random = new Random(9);
        row.put(
                "one session by its key, " + store,
                time(round -> catalog.session(
                        CatalogRows.PROJECT, UUID.fromString(rows.id(random.nextInt(rows.sessions()))))));
        row.put("newest page, " + store, time(round -> catalog.find(new CatalogAsk().query())));
        row.put(
                "error mode, " + store,
                time(round -> catalog.find(new CatalogAsk().errors().query())));
        row.put(
                "one user's, " + store,
                time(round -> catalog.find(
                        new CatalogAsk().user("user-" + random.nextInt(20_000)).query())));
    }

    /** ms, of one question after the other. */
    private Spread time(IntConsumer question) {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + LONGEST;
        for (int round = -WARM_UP; round < rounds && (times.isEmpty() || System.nanoTime() < end); round++) {
            long began = System.nanoTime();
            question.accept(round);
            if (round >= 0) {
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        times.sort(null);
        return new Spread(times.get(times.size() / 2), times.get(0), times.get(times.size() * 95 / 100));
    }

    private void table() {
        List<String> names = names();
        System.out.printf(
                "%nms, p50 (quickest – p95), for pages of 50 rows; the reference is one session, read by its key:%n%n");
        System.out.println("| stored sessions | "
                + String.join(
                        " | ",
                        figures.keySet().stream()
                                .map(stored -> String.format(Locale.ROOT, "%,d", stored))
                                .toList())
                + " |\n|---|" + "---:|".repeat(figures.size()));
        for (String name : names) {
            List<String> cells = figures.values().stream()
                    .map(row -> row.containsKey(name)
                            ? Objects.requireNonNull(row.get(name)).told("%,.2f")
                            : "–")
                    .toList();
            System.out.println("| " + name + " | " + String.join(" | ", cells) + " |");
        }
    }

    private void plot() throws IOException {
        Map<String, List<Plots.Point>> lines = new LinkedHashMap<>();
        figures.forEach((stored, row) -> row.forEach(
                (name, spread) -> Objects.requireNonNull(lines.computeIfAbsent(name, key -> new ArrayList<>()))
                        .add(new Plots.Point(stored, spread.median()))));
        plots.lines(
                "stored-sessions",
                "A page of the list among stored sessions",
                new Plots.Axis("stored sessions", true),
                new Plots.Axis("ms, p50", true),
                lines);
    }

    private List<String> names() {
        return List.copyOf(figures.values().iterator().next().keySet());
    }
}
