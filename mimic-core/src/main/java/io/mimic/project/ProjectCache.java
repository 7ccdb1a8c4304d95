package io.mimic.project;

import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Projects by their ids, read from the catalog now and then. What was read once serves on while the catalog is down, so that ingest
 * needs the buffer alone.
 */
final class ProjectCache {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration FRESH_UNKNOWN = Duration.ofSeconds(5);
    private static final Logger LOG = System.getLogger(ProjectCache.class.getName());
    private static final int MAX_UNKNOWN = 1_000;

    private final SessionCatalog catalog;
    private final Clock clock;
    private final Map<String, Entry> known = new ConcurrentHashMap<>();
    private final Map<String, Long> unknown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_UNKNOWN;
        }
    };

    private final AtomicLong originsReadAt = new AtomicLong();
    private volatile Set<String> origins = Set.of();

    ProjectCache(SessionCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    void put(Project project) {
        known.put(project.id(), new Entry(project, clock.millis()));
        synchronized (unknown) {
            unknown.remove(project.id());
        }
    }

    /** Is read anew when it is asked for next. */
    void forget(String id) {
        known.remove(id);
    }

    Optional<Project> byId(String id) {
        Entry entry = known.get(id);
        if (entry != null) {
            refresh(entry);
            return Optional.of(entry.project());
        }
        return isUnknown(id) ? Optional.empty() : read(id);
    }

    boolean knowsOrigin(String origin) {
        readOrigins();
        return origins.contains(Origins.normal(origin))
                || known.values().stream()
                        .anyMatch(entry -> entry.project().origins().contains(origin));
    }

    /** One caller asks the catalog, the others take what is there. */
    private void readOrigins() {
        long readAt = originsReadAt.get();
        long now = clock.millis();
        if ((readAt != 0 && age(readAt) <= FRESH.toMillis())
                || !originsReadAt.compareAndSet(readAt, Math.max(1, now))) {
            return;
        }
        try {
            Set<String> all = new HashSet<>();
            catalog.projects().forEach(row -> all.addAll(row.origins()));
            origins = Set.copyOf(all);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "Origins of projects could not be read; the catalog's own health tells why.", e);
        }
    }

    private Optional<Project> read(String id) {
        Optional<Project> found = catalog.projectById(id).map(ProjectCache::project);
        found.ifPresentOrElse(this::put, () -> {
            synchronized (unknown) {
                unknown.put(id, clock.millis());
            }
        });
        return found;
    }

    /** One caller asks the catalog, the others take what is there. */
    private void refresh(Entry entry) {
        boolean old = age(entry.readAt()) > FRESH.toMillis();
        if (!old || !entry.refreshing().compareAndSet(false, true)) {
            return;
        }
        try {
            Optional<ProjectRow> row = catalog.projectById(entry.project().id());
            row.map(ProjectCache::project)
                    .ifPresentOrElse(
                            this::put, () -> known.remove(entry.project().id()));
        } catch (StoreException e) {
            // asked again after as long as if it had answered: the catalog's own health tells that it is down
            put(entry.project());
        }
    }

    private boolean isUnknown(String id) {
        synchronized (unknown) {
            Long since = unknown.get(id);
            return since != null && age(since) <= FRESH_UNKNOWN.toMillis();
        }
    }

    /** A clock that was set back makes everything old. */
    private long age(long since) {
        long age = clock.millis() - since;
        return age < 0 ? Long.MAX_VALUE : age;
    }

    static Project project(ProjectRow row) {
        return new Project(row.id(), row.name(), new Origins(new LinkedHashSet<>(row.origins())));
    }

    private record Entry(Project project, long readAt, AtomicBoolean refreshing) {
        Entry(Project project, long readAt) {
            this(project, readAt, new AtomicBoolean());
        }
    }
}
