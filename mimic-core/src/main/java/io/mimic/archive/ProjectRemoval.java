package io.mimic.archive;

import io.mimic.catalog.RemovalRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.SessionRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Erases the sessions of projects that were ended, some at a time, and forgets the project when none has come for long. */
final class ProjectRemoval {
    /** Far longer than a node goes on recording into a project that was ended elsewhere. */
    private static final Duration LATE = Duration.ofHours(1);

    private final SessionCatalog catalog;
    private final Consumer<SessionRow> eraser;
    private final Clock clock;

    ProjectRemoval(SessionCatalog catalog, Consumer<SessionRow> eraser, Clock clock) {
        this.catalog = catalog;
        this.eraser = eraser;
        this.clock = clock;
    }

    /** @return whether there is more to erase at once */
    boolean step(int most) {
        for (RemovalRow removal : catalog.access().removals()) {
            List<SessionRow> sessions =
                    catalog.find(SessionQuery.newest(removal.project(), most)).items();
            sessions.forEach(eraser);
            if (!sessions.isEmpty()) {
                return true;
            }
            if (clock.millis() - removal.begunAt() >= LATE.toMillis()) {
                catalog.access().removalDone(removal.project());
            }
        }
        return false;
    }
}
