package io.mimic.maven;

import io.mimic.maven.PageEditor.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the pages, as a table for people. */
final class Report {
    private static final int MOST_ROWS = 40;

    private final List<Row> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void add(String page, Outcome outcome, String note) {
        rows.add(new Row(page, outcome, note));
    }

    /** Says what else was found, or would be done. */
    void remark(String file, String what) {
        remarks.add(file + " " + what);
    }

    /** @param label goes in front of the names */
    void add(String label, Report other) {
        other.rows.forEach(row -> add(label + row.page(), row.outcome(), row.note()));
        other.remarks.forEach(remark -> remarks.add(label + remark));
    }

    long count(Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /**
     * All pages when they are few; else those that lack the recorder and those with a note, and how many there are of the others.
     *
     * @param dryRun whether all this was only planned
     */
    List<String> lines(boolean dryRun) {
        List<Row> told = rows.size() <= MOST_ROWS ? rows : remarkable();
        List<Row> shown = told.subList(0, Math.min(told.size(), MOST_ROWS));
        int width = shown.stream().mapToInt(row -> row.page().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Row row : shown) {
            String note = row.note().isEmpty() ? "" : ": " + row.note();
            lines.add(row.page()
                    + " ".repeat(width - row.page().length() + 2)
                    + row.outcome().words(dryRun)
                    + note);
        }
        if (told.size() > shown.size()) {
            lines.add("… and " + (told.size() - shown.size()) + " more");
        }
        lines.addAll(remarks);
        lines.add(summary(dryRun));
        if (dryRun) {
            lines.add("Nothing was written: this was a dry run (mimic.dryRun).");
        }
        return lines;
    }

    /** What lacks the recorder comes first. */
    private List<Row> remarkable() {
        return rows.stream()
                .filter(row -> row.outcome().missing() || !row.note().isEmpty())
                .sorted(Comparator.comparing(row -> !row.outcome().missing()))
                .toList();
    }

    private String summary(boolean dryRun) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        rows.forEach(row -> counts.merge(row.outcome(), 1L, Long::sum));
        String parts = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().words(dryRun))
                .collect(Collectors.joining(", "));
        return rows.size() + (rows.size() == 1 ? " page: " : " pages: ") + (parts.isEmpty() ? "nothing to do" : parts);
    }

    /**
     * @param page name of the file
     * @param note empty when there is nothing to say
     */
    record Row(String page, Outcome outcome, String note) {}
}
