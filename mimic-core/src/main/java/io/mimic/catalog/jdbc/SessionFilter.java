package io.mimic.catalog.jdbc;

import static io.mimic.jdbc.ColumnText.cut;

import io.mimic.catalog.SessionQuery;
import io.mimic.jdbc.Dialect;
import io.mimic.jdbc.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query as SQL: the rows that an index gives in order ({@code d}), and what is tested on each of them ({@code s}).
 *
 * @param from tables to read; the rows of alias {@code d} have the key (started_at, session)
 * @param indexed answered by an index
 * @param tested looked at row by row
 * @param rows how the index gives them
 */
record SessionFilter(String from, Condition indexed, Condition tested, Rows rows) {
    private static final int FEW = 2_000;

    private static final String SESSIONS = "mimic_session d";
    private static final String USERS = "mimic_session_identity";
    private static final Pattern NOT_SENT = Pattern.compile("[^\\x21-\\x7e]+");
    private static final Pattern ID_PREFIX = Pattern.compile("[0-9a-f]{8}(-?[0-9a-f-]{0,27})?");
    private static final Pattern IP_PREFIX = Pattern.compile("#[0-9a-f]{1,12}|([0-9a-f]{1,4}[.:]|::)[0-9a-f.:]*");

    static SessionFilter of(Sql sql, Dialect dialect, SessionQuery query) throws SQLException {
        Condition tested = tested(query);
        Condition indexed = new Condition().and("d.project = ?", query.project());
        @Nullable Word word = query.q() == null ? null : word(sql, query.project(), query.q());
        if (word != null) {
            return new SessionFilter(
                    word.from(), indexed.and(word.condition()), with(tested, query, Index.WORD), word.rows());
        }
        addSearch(dialect, query, tested);
        if (query.user() != null) {
            indexed.and("d.user_id = ?", cut(query.user(), ColumnWidth.NAME));
            return new SessionFilter(joined(USERS), indexed, with(tested, query, Index.USER), Rows.IN_ORDER);
        }
        if (query.status() != null) {
            indexed.and("d.status = ?", status(query.status()));
            return new SessionFilter(
                    joined("mimic_session_status"), indexed, with(tested, query, Index.STATUS), Rows.IN_ORDER);
        }
        if (query.event() != null) {
            indexed.and("d.name = ?", cut(query.event(), ColumnWidth.NAME));
            return new SessionFilter(
                    joined("mimic_session_event"), indexed, with(tested, query, Index.EVENT), Rows.IN_ORDER);
        }
        if (query.failure() != null) {
            indexed.and("d.failure = ?", FailureName.of(query.failure()));
            return new SessionFilter(
                    joined("mimic_session_failure"), indexed, with(tested, query, Index.FAILURE), Rows.IN_ORDER);
        }
        if (query.active()) {
            indexed.and("d.active = 1");
        } else if (query.errors()) {
            indexed.and("d.faulty = 1");
        }
        return new SessionFilter(SESSIONS, indexed, tested, Rows.IN_ORDER);
    }

    String alias() {
        return from.equals(SESSIONS) ? "d" : "s";
    }

    /**
     * The column that rows are put in order by. Where few rows are found by another index, the sign keeps a planner from walking through all
     * sessions in order of time instead.
     */
    String startedAt() {
        return rows == Rows.FEW ? "+d.started_at" : "d.started_at";
    }

    /** Whether all rows of the index must be sorted for a page. */
    boolean unordered() {
        return rows != Rows.IN_ORDER;
    }

    /** Names the session's columns in a condition that is written for alias {@code s}. */
    String testedText() {
        return alias().equals("s") ? tested.text() : tested.text().replace("s.", "d.");
    }

    private static String joined(String table) {
        return table + " d JOIN mimic_session s ON s.project = d.project AND s.session = d.session";
    }

    private static Condition tested(SessionQuery query) {
        Condition tested = new Condition();
        addWord(tested, "browser", query.browser());
        addWord(tested, "os", query.os());
        if (query.country() != null) {
            String country = query.country().toLowerCase(Locale.ROOT);
            tested.and("(lower(s.country) = ? OR lower(s.country_code) = ?)", country, country);
        }
        if (query.errors()) {
            tested.and("s.faulty = 1");
        }
        if (query.active()) {
            tested.and("s.active = 1");
        }
        if (query.minDurationMs() > 0) {
            tested.and("s.ended_at - s.started_at >= ?", query.minDurationMs());
        }
        if (query.maxDurationMs() > 0) {
            tested.and("s.ended_at - s.started_at <= ?", query.maxDurationMs());
        }
        return tested;
    }

    private static void addWord(Condition tested, String column, @Nullable String value) {
        if (value != null) {
            tested.and("lower(s." + column + ") = ?", value.toLowerCase(Locale.ROOT));
        }
    }

    /** Adds what other indexes than the one that is read would answer. */
    private static Condition with(Condition tested, SessionQuery query, Index read) {
        if (read != Index.USER && query.user() != null) {
            tested.and(
                    "EXISTS (SELECT 1 FROM mimic_session_identity u WHERE u.project = s.project AND u.session = s.session"
                            + " AND u.user_id = ?)",
                    cut(query.user(), ColumnWidth.NAME));
        }
        if (read != Index.STATUS && query.status() != null) {
            tested.and(
                    "EXISTS (SELECT 1 FROM mimic_session_status t WHERE t.project = s.project AND t.session = s.session"
                            + " AND t.status = ?)",
                    status(query.status()));
        }
        if (read != Index.EVENT && query.event() != null) {
            tested.and(
                    "EXISTS (SELECT 1 FROM mimic_session_event e WHERE e.project = s.project AND e.session = s.session"
                            + " AND e.name = ?)",
                    cut(query.event(), ColumnWidth.NAME));
        }
        if (read != Index.FAILURE && query.failure() != null) {
            tested.and(
                    "EXISTS (SELECT 1 FROM mimic_session_failure f WHERE f.project = s.project AND f.session = s.session"
                            + " AND f.failure = ?)",
                    FailureName.of(query.failure()));
        }
        return tested;
    }

    /** A code, or the class that 4xx means. */
    private static int status(String status) {
        if (status.matches("[1-9][xX]{2}")) {
            return status.charAt(0) - '0';
        }
        if (status.matches("[1-9]\\d{2}")) {
            return Integer.parseInt(status);
        }
        throw new IllegalArgumentException(
                "\"status\" is \"" + cut(status, 20) + "\"; it must be a code such as 404 or a class such as 4xx.");
    }

    /** What an index can answer when the searched word is the begin of an id or an IP, or a user; null when it is none that is known. */
    private static @Nullable Word word(Sql sql, String project, String q) throws SQLException {
        String lower = q.toLowerCase(Locale.ROOT);
        long sessions =
                ID_PREFIX.matcher(lower).matches() ? count(sql, project, "mimic_session", range("session", lower)) : 0;
        if (sessions > 0) {
            return new Word(SESSIONS, range("d.session", lower), Rows.sorted(sessions));
        }
        sessions = IP_PREFIX.matcher(lower).matches() ? count(sql, project, "mimic_session", range("ip", lower)) : 0;
        if (sessions > 0) {
            return new Word(SESSIONS, range("d.ip", lower), Rows.sorted(sessions));
        }
        String user = cut(q, ColumnWidth.NAME);
        return count(sql, project, USERS, new Condition().and("user_id = ?", user)) > 0
                ? new Word(joined(USERS), new Condition().and("d.user_id = ?", user), Rows.IN_ORDER)
                : null;
    }

    /** Counts no further than it matters. */
    private static long count(Sql sql, String project, String table, Condition condition) throws SQLException {
        return sql.first(
                        "SELECT COUNT(*) FROM (SELECT 1 FROM " + table + " WHERE " + condition.text()
                                + " AND project = ? LIMIT " + FEW + ") few",
                        row -> row.getLong(1),
                        condition.values(project))
                .orElse(0L);
    }

    /** Which index a search reads. */
    private enum Index {
        WORD,
        USER,
        STATUS,
        EVENT,
        FAILURE
    }

    private record Word(String from, Condition condition, Rows rows) {}

    /** How an index gives rows. */
    enum Rows {
        /** As the list shows them. */
        IN_ORDER,
        /** By a word's beginning, so that all of them are sorted for a page. */
        UNORDERED,
        /** Unordered, and fewer than are worth a look at another index. */
        FEW;

        private static Rows sorted(long counted) {
            return counted < SessionFilter.FEW ? FEW : UNORDERED;
        }
    }

    private static Condition range(String column, String prefix) {
        String after = prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
        return new Condition().and(column + " >= ? AND " + column + " < ?", prefix, after);
    }

    private static void addSearch(Dialect dialect, SessionQuery query, Condition tested) {
        if (query.q() == null) {
            return;
        }
        String sought = io.mimic.jdbc.ColumnText.clean(query.q());
        String sent = asSent(sought);
        String like = " " + dialect.like() + " ? ESCAPE '\\'";
        String begin = literal(sought) + "%";
        String either = "(s.urls" + like + " OR s.session" + like + " OR s.ip" + like;
        if (sent.equals(sought)) {
            tested.and(either + ")", "%" + begin, begin, begin);
        } else {
            tested.and(either + " OR s.urls" + like + ")", "%" + begin, begin, begin, "%" + literal(sent) + "%");
        }
    }

    /** What no browser sends as it is read, as browsers send it in an address. */
    private static String asSent(String text) {
        return NOT_SENT.matcher(text)
                .replaceAll(found -> HexFormat.of()
                        .withUpperCase()
                        .withPrefix("%")
                        .withDelimiter("")
                        .formatHex(found.group().getBytes(StandardCharsets.UTF_8)));
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
