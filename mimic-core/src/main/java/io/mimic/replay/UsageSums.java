package io.mimic.replay;

import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.UsageRow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Sums over a project's sessions, which take the longer the more there are: made again at the earliest after twenty times what they took. Thread-safe. */
final class UsageSums {
    private static final int REMEMBERED = 1_000;
    private static final int TIMES = 20;
    private static final long LONGEST = Duration.ofMinutes(10).toNanos();

    private final SessionCatalog catalog;
    private final LongSupplier nanos;
    private final Map<String, Sum> sums = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sum> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param nanos a clock that only goes on */
    UsageSums(SessionCatalog catalog, LongSupplier nanos) {
        this.catalog = catalog;
        this.nanos = nanos;
    }

    /** One sum is made at a time. */
    synchronized UsageRow of(String project) {
        Sum known = sums.get(project);
        long begun = nanos.getAsLong();
        if (known != null && begun - known.madeAt() < known.good()) {
            return known.usage();
        }
        UsageRow usage = catalog.access().usage(project);
        long end = nanos.getAsLong();
        sums.remove(project);
        sums.put(project, new Sum(usage, end, Math.min(LONGEST, (end - begun) * TIMES)));
        return usage;
    }

    private record Sum(UsageRow usage, long madeAt, long good) {}
}
