package io.mimic.archive;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Failures in a row: logged once, waited for longer each time. Not thread-safe. */
final class Outage {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Logger log;
    private final String what;
    private int failures;

    Outage(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** @return how long to wait before the next attempt */
    Duration failed(RuntimeException cause) {
        if (failures++ == 0) {
            log.log(Level.WARNING, what + " does not work at the moment and is tried again: " + cause.getMessage());
            log.log(Level.DEBUG, "Cause", cause);
        }
        return Duration.ofSeconds(Math.min(LONGEST.toSeconds(), 1L << Math.min(failures - 1, 10)));
    }

    void succeeded() {
        if (failures > 0) {
            log.log(Level.INFO, what + " works again.");
        }
        failures = 0;
    }
}
