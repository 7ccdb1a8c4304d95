package io.mimic.buffer.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scripts of many threads in few round trips: whatever comes while a group is on its way goes together as the next one. No thread of its own: who
 * comes first sends, and hands that over to the first of those who wait; one caller alone waits for nobody. Nobody waits longer than a limit for a
 * group of others, and one that takes longer is not waited for any more: the next goes beside it.
 */
final class ScriptGroups {
    private static final int GROUP_SIZE = 64;
    private static final long GROUP_BYTES = 1 << 20;

    private final Consumer<List<ScriptCall>> sender;
    private final Duration limit;
    private final Deque<ScriptCall> waiting = new ArrayDeque<>();
    private @Nullable ScriptCall leader;
    private long since;

    /** @param sender settles every call that it is given, or throws */
    ScriptGroups(Consumer<List<ScriptCall>> sender, Duration limit) {
        this.sender = sender;
        this.limit = limit;
    }

    /** Returns when the call is settled. */
    void run(ScriptCall call) {
        if (begins(call) || call.awaitLead(limit)) {
            lead(call);
        }
    }

    /** How many wait for the group that is on its way. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean begins(ScriptCall call) {
        long now = System.nanoTime();
        if (leader != null && now - since <= limit.toNanos()) {
            waiting.add(call);
            return false;
        }
        leader = call;
        since = now;
        return true;
    }

    private void lead(ScriptCall own) {
        List<ScriptCall> group = List.of(own);
        try {
            group = group(own);
            sender.accept(group);
        } catch (RuntimeException | Error e) {
            group.forEach(call -> call.settle(() -> {
                throw e;
            }));
        } finally {
            handOver(own);
        }
    }

    private synchronized List<ScriptCall> group(ScriptCall first) {
        List<ScriptCall> group = new ArrayList<>(1 + Math.min(GROUP_SIZE, waiting.size()));
        group.add(first);
        long bytes = first.bytes();
        while (group.size() < GROUP_SIZE && bytes < GROUP_BYTES && !waiting.isEmpty()) {
            ScriptCall next = waiting.remove();
            if (!next.settled()) {
                group.add(next);
                bytes += next.bytes();
            }
        }
        return group;
    }

    private synchronized void handOver(ScriptCall from) {
        if (leader != from) {
            return; // it took too long, and another leads
        }
        @Nullable ScriptCall next;
        do {
            next = waiting.poll();
        } while (next != null && !next.lead());
        leader = next;
        since = System.nanoTime();
    }
}
