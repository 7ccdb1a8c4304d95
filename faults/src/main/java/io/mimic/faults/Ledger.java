package io.mimic.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The load's own book of what was acknowledged, and of how often it was told to try again and why. Thread-safe. */
public final class Ledger {
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final Map<String, Integer> repeats = new TreeMap<>();
    private final Map<String, Set<String>> sessions = new HashMap<>();

    public synchronized void acknowledged(String visitor, Acknowledged batch) {
        acknowledged.add(batch);
        sessions.computeIfAbsent(visitor, name -> new HashSet<>()).add(batch.session());
    }

    public synchronized int visitors() {
        return sessions.size();
    }

    /** Visitors whose batches were told to be in more than one session. */
    public synchronized int torn() {
        return (int) sessions.values().stream().filter(all -> all.size() > 1).count();
    }

    /** @param why the status, or what else came in place of an answer */
    public synchronized void repeated(String why) {
        repeats.merge(why, 1, Integer::sum);
    }

    public synchronized int size() {
        return acknowledged.size();
    }

    public synchronized int repeats() {
        return repeats.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int repeats(String why) {
        return repeats.getOrDefault(why, 0);
    }

    public synchronized String reasons() {
        return repeats.toString();
    }

    public synchronized List<Acknowledged> all() {
        return List.copyOf(acknowledged);
    }

    synchronized void write(Path file) throws IOException {
        Files.write(file, acknowledged.stream().map(Acknowledged::line).toList());
    }
}
