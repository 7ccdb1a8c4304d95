package io.mimic.catalog.jdbc;

import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import io.mimic.jdbc.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. What an index does not answer is tested block by block, from the newest backwards, until the page is full or the
 * time is over: then the page says how far it has come.
 */
final class SessionSearch {
    private static final long BUDGET_NANOS = 500_000_000L;
    private static final long SLOW_NANOS = 60_000_000L;
    private static final int FIRST_BLOCK = 500;
    private static final int LARGEST_BLOCK = 16_000;

    private final Sql sql;
    private final SessionFilter filter;
    private final SessionQuery query;
    private final LongSupplier nanos;
    private final List<SessionRow> found = new ArrayList<>();

    SessionSearch(Sql sql, SessionFilter filter, SessionQuery query, LongSupplier nanos) {
        this.sql = sql;
        this.filter = filter;
        this.query = query;
        this.nanos = nanos;
    }

    SessionPage run() throws SQLException {
        Cursor start = Cursor.start(query.to());
        if (query.cursor() != null) {
            Cursor asked = Cursor.parse(query.cursor());
            start = asked.before(start) ? asked : start;
        }
        return filter.tested().isEmpty() ? whole(start) : byBlocks(start);
    }

    private SessionPage whole(Cursor start) throws SQLException {
        select(start, null);
        return full() ? page(true, null) : page(false, null);
    }

    private SessionPage byBlocks(Cursor start) throws SQLException {
        long began = nanos.getAsLong();
        int block = FIRST_BLOCK;
        Cursor place = start;
        while (!full()) {
            long blockBegan = nanos.getAsLong();
            Optional<Cursor> end = blockEnd(place, block);
            select(place, end.orElse(null));
            if (end.isEmpty()) {
                return full() ? page(true, null) : page(false, null);
            }
            place = end.get();
            long now = nanos.getAsLong();
            if (now - began > BUDGET_NANOS && !full()) {
                return page(true, place);
            }
            block = now - blockBegan > SLOW_NANOS
                    ? Math.max(FIRST_BLOCK, block / 2)
                    : Math.min(LARGEST_BLOCK, block * 2);
        }
        return page(true, null);
    }

    private boolean full() {
        return found.size() > query.limit();
    }

    /** @param place how far a search came that ran out of time; null when the page's last row says it */
    private SessionPage page(boolean more, @Nullable Cursor place) {
        List<SessionRow> items = found.subList(0, Math.min(found.size(), query.limit()));
        Cursor next = place != null || items.isEmpty() ? place : Cursor.of(items.get(items.size() - 1));
        return more && next != null
                ? new SessionPage(items, next.text(), next.startedAt())
                : new SessionPage(items, null, 0);
    }

    /** The last row of the next {@code block} rows; empty when there are fewer. */
    private Optional<Cursor> blockEnd(Cursor place, int block) throws SQLException {
        return sql.first(
                "SELECT d.started_at, d.session FROM " + filter.from() + " WHERE "
                        + filter.indexed().text()
                        + " AND (d.started_at, d.session) < (?, ?) AND d.started_at >= ?"
                        + " ORDER BY d.started_at DESC, d.session DESC LIMIT 1 OFFSET ?",
                row -> new Cursor(row.getLong(1), row.getString(2)),
                filter.indexed().values(place.startedAt(), place.session(), query.from(), block - 1));
    }

    /** Adds rows from {@code place} backwards down to {@code end}, as many as the page lacks and one more. */
    private void select(Cursor place, @Nullable Cursor end) throws SQLException {
        // Of two bounds that are pairs SQLite takes one to the index: without this one it would read on to the oldest
        // row.
        long oldest = end == null ? query.from() : Math.max(query.from(), end.startedAt());
        String startedAt = filter.startedAt();
        Condition where = new Condition()
                .and(filter.indexed())
                .and("(" + startedAt + ", d.session) < (?, ?)", place.startedAt(), place.session())
                .and(startedAt + " >= ?", oldest);
        if (end != null) {
            where.and("(d.started_at, d.session) >= (?, ?)", end.startedAt(), end.session());
        }
        if (!filter.tested().isEmpty()) {
            where.and(filter.testedText(), filter.tested().values());
        }
        String rest = " FROM " + filter.from() + " WHERE " + where.text() + " ORDER BY " + startedAt
                + " DESC, d.session DESC LIMIT ?";
        int lacking = query.limit() + 1 - found.size();
        found.addAll(
                filter.unordered() && filter.tested().isEmpty()
                        ? sortedInTheIndex(rest, where.values(lacking))
                        : sql.list(
                                "SELECT " + SessionColumns.of(filter.alias()) + rest,
                                SessionColumns::row,
                                where.values(lacking)));
    }

    /** Thousands of rows are not worth reading for the sake of their order, which the index knows too: only those of the page are read. */
    private List<SessionRow> sortedInTheIndex(String rest, @Nullable Object[] values) throws SQLException {
        Condition page = new Condition()
                .and("d.project = ?", query.project())
                .and("d.session IN (SELECT d.session" + rest + ")", values);
        // The sign keeps SQLite from walking through all sessions in order of time, to look for each among those of the
        // page.
        return sql.list(
                "SELECT " + SessionColumns.of("d") + " FROM mimic_session d WHERE " + page.text()
                        + " ORDER BY +d.started_at DESC, d.session DESC",
                SessionColumns::row,
                page.values());
    }
}
