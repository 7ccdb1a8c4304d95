package io.mimic.ingest;

import io.github.bucket4j.TimeMeter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many batches each session may send, however many pages it opens. The session is the one that the page's last batch went into, else
 * the one that the token names; a page of which neither is known counts for itself. Thread-safe.
 */
final class SessionRate {
    private static final int REMEMBERED = 10_000;

    private final RateLimit limit;
    private final Map<Page, UUID> sessions = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Page, UUID> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param perSecond 0: no bound */
    SessionRate(int perSecond, TimeMeter time) {
        this.limit = new RateLimit("session", perSecond, time);
    }

    /** @param named the session of a valid token */
    void check(BatchHead head, @Nullable UUID named) throws Refusal {
        UUID known = known(Page.of(head));
        UUID session = known == null ? named : known;
        limit.check(session == null ? head.project() + "\n" + head.page() : session.toString());
    }

    /** Tells which session the page writes into. */
    synchronized void wrote(BatchHead head, UUID session) {
        sessions.put(Page.of(head), session);
    }

    private synchronized @Nullable UUID known(Page page) {
        return sessions.get(page);
    }

    private record Page(String project, String page) {
        static Page of(BatchHead head) {
            return new Page(head.project(), head.page());
        }
    }
}
