package io.mimic.server;

import io.mimic.buffer.SessionBuffer;
import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gathers facts by session and hands them to the buffer. Used by one thread; the count may be read by others. */
final class ServerDelivery {
    private static final Logger LOG = System.getLogger(ServerDelivery.class.getName());
    private static final int ITEMS_A_BATCH = 100;
    private static final int WEIGHT_A_BATCH = 512 * 1024;
    private static final int MOST_BATCHES = 500;
    private static final int MOST_PAGES = 5_000;
    private static final long RETRY_MS = 5_000;
    private static final long KEPT_MS = 60_000;
    /** One digit short of a browser's page, so that no browser can name it. */
    private static final int PAGE_DIGITS = 31;

    private final SessionBuffer buffer;
    private final ServerSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Map<Target, List<ServerItem>> gathered = new LinkedHashMap<>();
    private final Deque<ServerBatch> batches = new ArrayDeque<>();
    private final AtomicLong lost = new AtomicLong();
    private final Waiting waiting = new Waiting(lost);
    private final Map<Target, Page> pages = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Target, Page> eldest) {
            return size() > MOST_PAGES;
        }
    };
    private long notBefore;
    private boolean down;
    private @Nullable ServerEventJson json;

    ServerDelivery(SessionBuffer buffer, ServerSettings settings) {
        this.buffer = buffer;
        this.settings = settings;
    }

    void take(ServerItem item, long now) {
        UUID session = item.session() == null ? waiting.sessionOrHold(item, null, now) : item.session();
        if (session != null) {
            gather(session, item);
        }
    }

    void claim(String project, UUID session, List<String> requests, String client, long now) {
        waiting.claim(project, session, requests, client, now).forEach(item -> gather(session, item));
    }

    long dropped() {
        return lost.get();
    }

    /** Hands everything over that can be; keeps the rest for a while when the store is down. */
    void deliver(long now) {
        waiting.expire(now);
        pack();
        while (!batches.isEmpty() && now >= notBefore) {
            ServerBatch batch = batches.peekFirst();
            Boolean taken = attach(batch, now);
            if (taken == null) {
                return;
            }
            batches.removeFirst();
            if (!taken) {
                batch.items().forEach(item -> again(item, batch.session(), now));
            }
        }
    }

    private void gather(UUID session, ServerItem item) {
        gathered.computeIfAbsent(new Target(item.project(), session), target -> new ArrayList<>())
                .add(item);
    }

    private void pack() {
        Map<Target, List<ServerItem>> all = new LinkedHashMap<>(gathered);
        gathered.clear();
        all.forEach((target, items) -> {
            int from = 0;
            while (from < items.size()) {
                int to = from;
                for (int weight = 0; to < items.size() && to - from < ITEMS_A_BATCH && weight < WEIGHT_A_BATCH; to++) {
                    weight += items.get(to).weight();
                }
                add(target, items.subList(from, to));
                from = to;
            }
        });
    }

    private void add(Target target, List<ServerItem> items) {
        if (batches.size() >= MOST_BATCHES) {
            lost.addAndGet(batches.removeFirst().items().size());
        }
        Page page = pages.computeIfAbsent(target, fresh -> new Page(freshPage()));
        List<ServerItem> clean = items.stream().map(settings::clean).toList();
        batches.add(new ServerBatch(target.project, target.session, page.id, page.nextSeq++, clean, json()));
    }

    /** @return whether the session took it; null when the store did not answer */
    private @Nullable Boolean attach(ServerBatch batch, long now) {
        try {
            boolean taken = buffer.attach(batch.project(), batch.session(), batch.chunk());
            down = false;
            return taken;
        } catch (StoreException e) {
            if (!down) {
                LOG.log(Level.WARNING, "What the server saw waits until the store is back: " + e.getMessage());
            }
            down = true;
            notBefore = now + RETRY_MS;
            if (batch.items().get(batch.items().size() - 1).at() < now - KEPT_MS) {
                lost.addAndGet(batch.items().size());
                batches.removeFirst();
            }
            return null;
        }
    }

    /** The session that the cookie named is over: perhaps the page has begun another one. */
    private void again(ServerItem item, UUID refusedBy, long now) {
        if (item.at() < now - KEPT_MS) {
            return;
        }
        UUID other = waiting.sessionOrHold(item, refusedBy, now);
        if (other != null) {
            gather(other, item);
        }
    }

    /** Made for the first batch, and not while the host starts. */
    private ServerEventJson json() {
        ServerEventJson made = json;
        if (made == null) {
            made = new ServerEventJson(settings);
            json = made;
        }
        return made;
    }

    private String freshPage() {
        byte[] bits = new byte[(PAGE_DIGITS + 1) / 2];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits).substring(1);
    }

    private record Target(String project, UUID session) {}

    private static final class Page {
        private final String id;
        private int nextSeq;

        Page(String id) {
            this.id = id;
        }
    }
}
