package io.mimic.load;

import io.mimic.faults.Found;
import io.mimic.faults.ReadBack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One run: visitors come, play, and go; then everything that was acknowledged is read back. */
public final class Load implements AutoCloseable {
    private static final int THREADS = 2;
    private static final Duration LAST_ANSWERS = Duration.ofMinutes(2);

    private final LoadPlan plan;
    private final LoadTarget target;
    private final List<List<RecordedPage>> recordings = new ArrayList<>();
    private final Traffic traffic = new Traffic();
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS, threads("load-worker"));
    private final ExecutorService answers = Executors.newFixedThreadPool(THREADS, threads("load-answers"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .executor(answers)
            .build();
    private volatile boolean stopping;

    private Load(LoadPlan plan, LoadTarget target, List<Recording> recordings) throws IOException {
        this.plan = plan;
        this.target = target;
        for (Recording recording : recordings) {
            this.recordings.add(recording.pages());
        }
    }

    /**
     * Plays, waits until every session has ended, and reads everything back.
     *
     * @param patience with the end of the sessions and the reading
     * @throws IOException when a recording is none, a batch was refused for good, or not acknowledged within two minutes
     */
    public static LoadReport run(LoadPlan plan, LoadTarget target, List<Recording> recordings, Duration patience)
            throws IOException, InterruptedException {
        try (Load load = new Load(plan, target, recordings)) {
            double seconds = load.play();
            Found found = ReadBack.await(
                    target.address(),
                    target.projectName(),
                    target.password(),
                    load.traffic.ledger().all(),
                    patience,
                    false);
            return load.traffic.report(seconds, found);
        }
    }

    /** Plays alone: to a target that keeps nothing which could be read back. */
    public static LoadReport unread(LoadPlan plan, LoadTarget target, List<Recording> recordings)
            throws IOException, InterruptedException {
        try (Load load = new Load(plan, target, recordings)) {
            return load.traffic.report(load.play(), null);
        }
    }

    private double play() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long end = begun + plan.time().toNanos();
        long arrival = (long) (plan.interval().toNanos() / plan.speed() / plan.visitors());
        for (int i = 0; i < plan.visitors(); i++) {
            long due = begun + i * arrival;
            at(due, () -> arrive(due));
        }
        while (System.nanoTime() < end && traffic.failure() == null) {
            Thread.sleep(10);
        }
        stopping = true;
        long last = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (onTheirWay.get() > 0 && traffic.failure() == null) {
            if (System.nanoTime() > last) {
                throw new IOException(onTheirWay + " batches were not acknowledged within "
                        + LAST_ANSWERS.toSeconds() + " s; to be sent again: "
                        + traffic.ledger().reasons());
            }
            Thread.sleep(10);
        }
        String failure = traffic.failure();
        if (failure != null) {
            throw new IOException(failure);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** A visitor comes, and when it has gone the next one. */
    private void arrive(long due) {
        if (!stopping) {
            int number = numbers.getAndIncrement();
            new VirtualVisitor(this, number, recordings.get(number % recordings.size()), due, this::arrive).come();
        }
    }

    void at(long nanoTime, Runnable what) {
        Executor delayed = CompletableFuture.delayedExecutor(
                Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS, workers);
        delayed.execute(() -> {
            try {
                what.run();
            } catch (RuntimeException e) {
                traffic.failed("the load itself failed: " + e);
            }
        });
    }

    /** @return whether a further batch may be begun; each is to be {@link #settled()} */
    boolean begin() {
        onTheirWay.incrementAndGet();
        if (stopping) {
            settled();
            return false;
        }
        return true;
    }

    void settled() {
        onTheirWay.decrementAndGet();
    }

    LoadPlan plan() {
        return plan;
    }

    String project() {
        return target.project();
    }

    URI ingest() {
        return URI.create(target.address() + "/mimic/ingest");
    }

    HttpClient client() {
        return client;
    }

    Traffic traffic() {
        return traffic;
    }

    private static ThreadFactory threads(String name) {
        return run -> {
            Thread thread = new Thread(run, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        workers.shutdownNow();
        answers.shutdownNow();
    }
}
