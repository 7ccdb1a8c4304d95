package io.mimic.buffer.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scripts of many threads in few round trips: whatever comes while a group is on its way goes together as the next one. No thread of its own: who
 * comes first sends, and hands that over to the first of those who wait; one caller alone waits for nobody. When a group fails, so does what waits by
 * then: where a server is frozen, nobody waits for one time limit after the other.
 */
final class ScriptGroups {
    private static final int GROUP_SIZE = 256;
    private static final long GROUP_BYTES = 16 << 20;

    private final Consumer<List<ScriptCall>> sender;
    private final Deque<ScriptCall> waiting = new ArrayDeque<>();
    private boolean underWay;

    /** @param sender settles every call that it is given, or throws */
    ScriptGroups(Consumer<List<ScriptCall>> sender) {
        this.sender = sender;
    }

    /** Returns when the call is settled. */
    void run(ScriptCall call) {
        if (begins(call) || call.awaitLead()) {
            lead(call);
        }
    }

    /** How many wait for the group that is on its way. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean begins(ScriptCall call) {
        if (underWay) {
            waiting.add(call);
            return false;
        }
        underWay = true;
        return true;
    }

    private void lead(ScriptCall own) {
        List<ScriptCall> group = List.of(own);
        try {
            group = group(own);
            sender.accept(group);
            handOver();
        } catch (RuntimeException | Error e) {
            fail(group, () -> {
                throw e;
            });
        }
    }

    private synchronized List<ScriptCall> group(ScriptCall first) {
        List<ScriptCall> group = new ArrayList<>(1 + Math.min(GROUP_SIZE, waiting.size()));
        group.add(first);
        long bytes = first.bytes();
        while (group.size() < GROUP_SIZE && bytes < GROUP_BYTES && !waiting.isEmpty()) {
            ScriptCall next = waiting.remove();
            group.add(next);
            bytes += next.bytes();
        }
        return group;
    }

    private void handOver() {
        @Nullable ScriptCall next;
        synchronized (this) {
            next = waiting.poll();
            underWay = next != null;
        }
        if (next != null) {
            next.lead();
        }
    }

    private synchronized void fail(List<ScriptCall> group, Supplier<@Nullable Object> outcome) {
        group.forEach(call -> call.settle(outcome));
        waiting.forEach(call -> call.settle(outcome));
        waiting.clear();
        underWay = false;
    }
}
