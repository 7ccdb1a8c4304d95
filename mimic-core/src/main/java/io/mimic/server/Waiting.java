package io.mimic.server;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Facts whose session is not known yet, for a minute; and requests that were claimed before their facts came. Bounded: the oldest give
 * way. For one thread.
 */
final class Waiting {
    private static final long KEPT_MS = 60_000;
    private static final int MOST_REQUESTS = 5_000;
    private static final int MOST_CLAIMS = 10_000;
    private static final long MOST_WEIGHT = 8L << 20;
    private static final int MOST_OF_A_REQUEST = 50;

    private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();
    private final LinkedHashMap<String, Claimed> claims = new LinkedHashMap<>();
    private final AtomicLong lost;
    private long weight;

    /** @param lost counts what had to give way before its minute was over */
    Waiting(AtomicLong lost) {
        this.lost = lost;
    }

    /** @return the session that has claimed the item's request; null when none has, and then the item is held */
    @Nullable
    UUID sessionOrHold(ServerItem item, @Nullable UUID refusedBy, long now) {
        Claimed claim = claims.get(item.request());
        if (claim != null && claim.fits(item) && !claim.session.equals(refusedBy)) {
            return claim.session;
        }
        Held of = held.computeIfAbsent(item.request(), request -> new Held(now));
        if (of.items.size() < MOST_OF_A_REQUEST) {
            of.items.add(item);
            weight += item.weight();
        } else {
            lost.incrementAndGet();
        }
        trim();
        return null;
    }

    /** @return what was held of these requests for this client */
    List<ServerItem> claim(String project, UUID session, List<String> requests, String client, long now) {
        List<ServerItem> found = new ArrayList<>();
        for (String request : requests) {
            Claimed claim = new Claimed(project, session, client, now);
            claims.put(request, claim);
            Held of = held.get(request);
            if (of != null && of.items.stream().allMatch(claim::fits)) {
                remove(request, of);
                found.addAll(of.items);
            }
        }
        trim();
        return found;
    }

    /** Forgets what nobody came for. */
    void expire(long now) {
        held.entrySet().stream()
                .takeWhile(entry -> entry.getValue().since < now - KEPT_MS)
                .toList()
                .forEach(entry -> remove(entry.getKey(), entry.getValue()));
        Iterator<Claimed> oldest = claims.values().iterator();
        while (oldest.hasNext() && oldest.next().since < now - KEPT_MS) {
            oldest.remove();
        }
    }

    private void trim() {
        while (held.size() > MOST_REQUESTS || weight > MOST_WEIGHT) {
            Map.Entry<String, Held> oldest = held.entrySet().iterator().next();
            lost.addAndGet(oldest.getValue().items.size());
            remove(oldest.getKey(), oldest.getValue());
        }
        while (claims.size() > MOST_CLAIMS) {
            claims.remove(claims.keySet().iterator().next());
        }
    }

    private void remove(String request, Held of) {
        held.remove(request);
        weight -= of.items.stream().mapToInt(ServerItem::weight).sum();
    }

    private static final class Held {
        private final long since;
        private final List<ServerItem> items = new ArrayList<>();

        Held(long since) {
            this.since = since;
        }
    }

    private record Claimed(String project, UUID session, String client, long since) {
        boolean fits(ServerItem item) {
            return item.project().equals(project) && item.client().equals(client);
        }
    }
}
