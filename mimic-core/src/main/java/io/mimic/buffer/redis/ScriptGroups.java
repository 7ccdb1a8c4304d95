package io.mimic.buffer.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scripts of many threads in few round trips: whatever comes while a group is on its way goes together as the next one. No thread of its own: who
 * comes first sends, and hands that over to the first of those who wait; one caller alone waits for nobody.
 */
final class ScriptGroups {
    private static final int GROUP_SIZE = 64;
    private static final long GROUP_BYTES = 1 << 20;

    private final Consumer<List<ScriptCall>> sender;
    private final Deque<ScriptCall> waiting = new ArrayDeque<>();
    private boolean underWay;

    /** @param sender settles every call that it is given */
    ScriptGroups(Consumer<List<ScriptCall>> sender) {
        this.sender = sender;
    }

    /** Returns when the call is settled. */
    void run(ScriptCall call) {
        if (begins(call) || call.awaitLead()) {
            try {
                sender.accept(group(call));
            } finally {
                handOver();
            }
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

    private synchronized List<ScriptCall> group(ScriptCall first) {
        List<ScriptCall> group = new ArrayList<>();
        long bytes = 0;
        for (@Nullable ScriptCall next = first; next != null; ) {
            group.add(next);
            bytes += next.bytes();
            next = group.size() < GROUP_SIZE && bytes < GROUP_BYTES ? waiting.poll() : null;
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
}
