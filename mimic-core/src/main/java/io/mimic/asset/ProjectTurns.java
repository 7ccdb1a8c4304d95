package io.mimic.asset;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits, one of each project in turn, so that a project with much to do does not hold up the others. When as much waits as may, the project
 * that has most of it loses its newest. Thread-safe.
 */
final class ProjectTurns<T> {
    private final int most;
    /** Whose turn is next comes first; none is empty. */
    private final Map<String, Deque<T>> waiting = new LinkedHashMap<>();

    private int count;

    /** @param most of all projects together */
    ProjectTurns(int most) {
        this.most = most;
    }

    /** @return false when something was lost: this, or another for it */
    synchronized boolean add(String project, T work) {
        boolean room = count < most;
        if (!room && !makeRoom(project)) {
            return false;
        }
        waiting.computeIfAbsent(project, none -> new ArrayDeque<>()).add(work);
        count++;
        return room;
    }

    /** @return null when nothing waits */
    synchronized @Nullable T next() {
        Iterator<Map.Entry<String, Deque<T>>> turns = waiting.entrySet().iterator();
        if (!turns.hasNext()) {
            return null;
        }
        Map.Entry<String, Deque<T>> turn = turns.next();
        String project = turn.getKey();
        Deque<T> own = turn.getValue();
        turns.remove();
        T work = own.remove();
        if (!own.isEmpty()) {
            waiting.put(project, own);
        }
        count--;
        return work;
    }

    private boolean makeRoom(String project) {
        Deque<T> own = waiting.get(project);
        Deque<T> longest = Collections.max(waiting.values(), Comparator.comparingInt(Deque::size));
        if ((own == null ? 0 : own.size()) + 1 >= longest.size()) {
            return false;
        }
        longest.removeLast();
        count--;
        return true;
    }
}
