package io.mimic.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts logins that were refused, by project and address, until they are written to the access log: a line for each try would be a way to
 * fill the log, and writing it at once would tell by its time which projects exist. Thread-safe.
 */
final class RefusedLogins {
    private static final int MOST = 1_000;

    private final Map<Try, Integer> counts = new LinkedHashMap<>();

    /** What does not fit is not counted: the throttle has slowed down whoever makes so many. */
    synchronized void count(String project, String address) {
        Try made = new Try(project, address);
        if (counts.containsKey(made) || counts.size() < MOST) {
            counts.merge(made, 1, Integer::sum);
        }
    }

    /** All since the last call. */
    synchronized List<Refused> drain() {
        List<Refused> all = new ArrayList<>();
        counts.forEach((made, count) -> all.add(new Refused(made.project(), made.address(), count)));
        counts.clear();
        return all;
    }

    /** @param project its name, which need not exist */
    record Refused(String project, String address, int count) {}

    private record Try(String project, String address) {}
}
