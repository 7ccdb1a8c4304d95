package io.mimic.asset;

import io.mimic.archive.SegmentReader;
import io.mimic.archive.SessionArchive;
import io.mimic.archive.WorkFolder;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.project.Origins;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pictures, fonts and style sheets that sessions show. Told of a segment that was archived, it looks for what the segment names, asks
 * for it one after the other on a thread of its own, a segment of each project in turn, and stores each once. What it could not get is grey in the
 * replay; nothing else depends on it. Thread-safe.
 */
public final class AssetKeeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(AssetKeeper.class.getName());
    private static final int MOST_WAITING = 1_000;
    private static final int PATIENCE_SECONDS = 10;

    private final Targets targets;
    private final HttpFetch fetch;
    private final AssetRun.Parts parts;
    private final AssetTally tally = new AssetTally();
    private final ProjectTurns<Archived> turns = new ProjectTurns<>(MOST_WAITING);
    /** Has as many tasks as there are turns. */
    private final ThreadPoolExecutor worker;

    private volatile boolean closing;
    private volatile boolean outage;

    /**
     * Begins no thread before it is told of a segment. The stores stay the caller's.
     *
     * @param folder for temporary files
     * @param pinned where the app itself is to be asked; null: where it was seen to answer
     * @param allowed origins of a project's pages beside the app's own
     * @param agent what servers are told who asks
     */
    public AssetKeeper(
            SessionArchive archive,
            SessionCatalog catalog,
            WorkFolder folder,
            @Nullable URI pinned,
            Function<String, Origins> allowed,
            AssetLimits limits,
            String agent,
            Clock clock) {
        this(archive, catalog, folder, new Targets(pinned, allowed), limits, agent, clock);
    }

    AssetKeeper(
            SessionArchive archive,
            SessionCatalog catalog,
            WorkFolder folder,
            Targets targets,
            AssetLimits limits,
            String agent,
            Clock clock) {
        this.targets = targets;
        this.fetch = new HttpFetch(agent, limits.assetBytes(), limits.requestTime());
        this.parts = new AssetRun.Parts(
                catalog,
                new SegmentReader(archive),
                new AssetSource(targets, fetch, clock),
                new AssetStore(archive, catalog, folder, clock),
                new AssetMemory(limits.fresh()),
                limits,
                tally,
                clock);
        this.worker =
                new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AssetKeeper::thread);
        worker.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mimic-assets");
        thread.setDaemon(true);
        return thread;
    }

    /** Says where the app answers. Told again it costs little. */
    public void learn(AppAddress address) {
        targets.learn(address);
    }

    /**
     * Says what the app has answered a visitor's GET with, so that a picture whose path does not tell may be asked for too.
     *
     * @param path with its query, as it stood in the request
     * @param type the answer's content type; null when it had none
     */
    public void answered(String path, @Nullable String type) {
        targets.answered().add(path, type);
    }

    /** Whether a content type is that of a picture, a font or a style sheet, which are what is kept. */
    public static boolean shows(String type) {
        return AnsweredPaths.shows(type);
    }

    /** A segment was committed. Never waits: too many at once are left, and counted. */
    public void archived(String project, UUID session, SegmentRow segment) {
        boolean onlyAdded = turns.add(project, new Archived(project, session, segment));
        try {
            if (onlyAdded) {
                worker.execute(this::next);
                return;
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "Told of a segment after its end.", e);
        }
        tally.left.increment();
    }

    /** What was kept since this process began. */
    public AssetCounts counts() {
        return tally.counts();
    }

    /** Ends the request at hand and forgets what waits. Leaves no thread. */
    @Override
    public void close() {
        closing = true;
        worker.shutdownNow();
        fetch.close();
        try {
            if (!worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "mimic-assets has not ended within " + PATIENCE_SECONDS + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next() {
        Archived archived = turns.next();
        if (archived != null) {
            run(archived);
        }
    }

    private void run(Archived archived) {
        UUID session = archived.session();
        try {
            new AssetRun(parts, archived.project(), session, () -> closing).run(archived.segment());
            outage = false;
        } catch (IOException | RuntimeException e) {
            tally.left.increment();
            if (!outage && !closing) {
                outage = true;
                LOG.log(Level.WARNING, "The assets of session " + session + " could not be kept: " + e.getMessage());
                LOG.log(Level.DEBUG, "Cause", e);
            }
        }
    }

    private record Archived(String project, UUID session, SegmentRow segment) {}
}
