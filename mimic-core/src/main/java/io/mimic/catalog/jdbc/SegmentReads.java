package io.mimic.catalog.jdbc;

import io.mimic.catalog.MarkerRow;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentCounts;
import io.mimic.catalog.SegmentRow;
import io.mimic.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what was committed of one session. */
final class SegmentReads {
    private SegmentReads() {}

    static List<SegmentRow> segments(Sql sql, String project, String session) throws SQLException {
        Map<Long, List<PageRow>> pages = new HashMap<>();
        List<SegmentRow> segments = sql.list(
                "SELECT number, object, codec, timeline_bytes, dom_bytes, raw_bytes, sha256, first_at, last_at, events,"
                        + " errors, failed_requests, console_errors, rage_clicks FROM mimic_segment"
                        + " WHERE project = ? AND session = ? ORDER BY number",
                row -> segment(row, pages.computeIfAbsent(row.getLong(1), number -> new ArrayList<>())),
                project,
                session);
        sql.list(
                "SELECT number, page, window_id, url, title, first_at, last_at, skew_ms, seqs, snapshots"
                        + " FROM mimic_segment_page WHERE project = ? AND session = ? ORDER BY number, place",
                row -> pages.computeIfAbsent(row.getLong(1), number -> new ArrayList<>())
                        .add(page(row)),
                project,
                session);
        return segments.stream()
                .map(segment -> withPages(segment, pages.getOrDefault(segment.number(), List.of())))
                .toList();
    }

    private static SegmentRow segment(ResultSet row, List<PageRow> pages) throws SQLException {
        return new SegmentRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7),
                row.getLong(8),
                row.getLong(9),
                new SegmentCounts(row.getLong(10), row.getLong(11), row.getLong(12), row.getLong(13), row.getLong(14)),
                pages);
    }

    private static SegmentRow withPages(SegmentRow segment, List<PageRow> pages) {
        return new SegmentRow(
                segment.number(),
                segment.object(),
                segment.codec(),
                segment.timelineBytes(),
                segment.domBytes(),
                segment.rawBytes(),
                segment.sha256(),
                segment.firstAt(),
                segment.lastAt(),
                segment.counts(),
                pages);
    }

    private static PageRow page(ResultSet row) throws SQLException {
        return new PageRow(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getString(9),
                Stream.of(row.getString(10).split(" ", -1))
                        .filter(text -> !text.isEmpty())
                        .map(Long::valueOf)
                        .toList());
    }

    static List<MarkerRow> markers(Sql sql, String project, String session) throws SQLException {
        return sql.list(
                "SELECT at, kind, label FROM mimic_marker WHERE project = ? AND session = ? ORDER BY at, number, place",
                row -> new MarkerRow(row.getLong(1), row.getString(2), row.getString(3)),
                project,
                session);
    }
}
