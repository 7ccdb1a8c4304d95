package io.mimic.archive;

import io.mimic.catalog.SessionCatalog;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Which node keeps house, told by a setting of the catalog: {@code node until}. Two nodes may both believe it for one round, when a lease
 * ran out; that does no harm, since removing can be repeated.
 */
final class KeeperLease {
    private static final String SETTING = "housekeeper";
    private static final Duration LEASE = Duration.ofMinutes(10);
    /** How far the clocks of two nodes may be apart. */
    private static final Duration DRIFT = Duration.ofMinutes(3);

    private final SessionCatalog catalog;
    private final Clock clock;
    private final String node = UUID.randomUUID().toString();

    KeeperLease(SessionCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    boolean held() {
        String mine = node + " " + (clock.millis() + LEASE.toMillis());
        String current = catalog.settingOrInsert(SETTING, () -> mine).value();
        if (!current.startsWith(node + " ") && clock.millis() < until(current) + DRIFT.toMillis()) {
            return false;
        }
        catalog.putSetting(SETTING, mine);
        return catalog.setting(SETTING).equals(Optional.of(mine));
    }

    private static long until(String value) {
        try {
            return Long.parseLong(value.substring(value.indexOf(' ') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
