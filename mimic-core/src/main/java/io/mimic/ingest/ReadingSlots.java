package io.mimic.ingest;

import java.util.HashMap;
import java.util.Map;

/**
 * How many batches are read at once. Once half of the places are taken, nobody gets more than a quarter of them, so that one sender whose batches come drop
 * by drop holds up nobody else. Thread-safe.
 */
final class ReadingSlots {
    private final int most;
    private final Map<String, Integer> held = new HashMap<>();
    private int taken;

    ReadingSlots(int most) {
        this.most = most;
    }

    /** @return false when there is no place for this sender; then nothing is to be left */
    synchronized boolean enter(String sender) {
        int own = held.getOrDefault(sender, 0);
        if (taken >= most || (taken >= (most + 1) / 2 && own >= (most + 3) / 4)) {
            return false;
        }
        taken++;
        held.put(sender, own + 1);
        return true;
    }

    synchronized void leave(String sender) {
        taken--;
        held.computeIfPresent(sender, (name, count) -> count == 1 ? null : count - 1);
    }
}
