package io.mimic.ingest;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many batches are read at once. Once half of the places are taken, nobody gets more than a quarter of them, so that one sender whose batches come drop
 * by drop holds up nobody else. A place counts for so long and no longer: a container that waits for ever for a body that never comes keeps its thread, but
 * no place. Thread-safe.
 */
final class ReadingSlots {
    private final int most;
    private final long longestNs;
    private final LongSupplier nanoTime;
    /** In the order in which they were taken. */
    private final Set<Place> taken = new LinkedHashSet<>();

    /** @param longestNs more than any batch takes that is read at all, in ns */
    ReadingSlots(int most, long longestNs, LongSupplier nanoTime) {
        this.most = most;
        this.longestNs = longestNs;
        this.nanoTime = nanoTime;
    }

    /** @return what is to be given to {@link #leave}; null when there is no place for this sender */
    synchronized @Nullable Place enter(String sender) {
        long now = nanoTime.getAsLong();
        Iterator<Place> oldest = taken.iterator();
        while (oldest.hasNext() && now - oldest.next().since > longestNs) {
            oldest.remove();
        }
        long own = taken.stream().filter(place -> place.sender.equals(sender)).count();
        if (taken.size() >= most || (taken.size() >= (most + 1) / 2 && own >= (most + 3) / 4)) {
            return null;
        }
        Place place = new Place(sender, now);
        taken.add(place);
        return place;
    }

    synchronized void leave(Place place) {
        taken.remove(place);
    }

    /** One place, told from others by its identity. */
    static final class Place {
        private final String sender;
        private final long since;

        private Place(String sender, long since) {
            this.sender = sender;
            this.since = since;
        }
    }
}
