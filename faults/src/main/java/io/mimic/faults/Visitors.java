package io.mimic.faults;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Visitor after visitor in some lanes, so that at every moment some sessions begin, some go on and some end. */
final class Visitors implements Visitor.World, AutoCloseable {
    private static final int LANES = 8;
    private static final Duration LAST_BATCHES = Duration.ofSeconds(200);

    private final ExecutorService threads = Executors.newFixedThreadPool(LANES, run -> {
        Thread thread = new Thread(run, "visitor");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> lanes = new ArrayList<>();
    private final ReadWriteLock requests = new ReentrantReadWriteLock(true);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String address;
    private final Ledger ledger;
    private final boolean forgetful;
    private volatile long offsetMs;
    private volatile boolean stopping;

    Visitors(String address, Ledger ledger, boolean forgetful) {
        this.address = address;
        this.ledger = ledger;
        this.forgetful = forgetful;
    }

    void start() {
        for (int i = 0; i < LANES; i++) {
            lanes.add(threads.submit(() -> {
                while (!stopping) {
                    new Visitor(this).visit();
                }
                return null;
            }));
        }
    }

    /** Sets every browser's clock off, together with what the action sets off, while no request is on its way. */
    void later(Duration offset, Action together) throws Exception {
        requests.writeLock().lock();
        try {
            together.run();
            offsetMs = offset.toMillis();
        } finally {
            requests.writeLock().unlock();
        }
    }

    @Override
    public HttpClient client() {
        return client;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public boolean leaving() {
        return stopping;
    }

    @Override
    public boolean forgetful() {
        return forgetful;
    }

    @Override
    public long now() {
        return System.currentTimeMillis() + offsetMs;
    }

    @Override
    public Lock requests() {
        return requests.readLock();
    }

    /** Lets every visitor send what is begun, until it is acknowledged. */
    void stop() throws Exception {
        stopping = true;
        for (Future<?> lane : lanes) {
            check(lane, LAST_BATCHES);
        }
    }

    /** @throws FaultException when a visitor gave up already */
    void check() throws Exception {
        for (Future<?> lane : lanes) {
            if (lane.isDone()) {
                check(lane, Duration.ZERO);
            }
        }
    }

    private static void check(Future<?> lane, Duration atMost) throws Exception {
        try {
            lane.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FaultException fault ? fault : e;
        } catch (TimeoutException e) {
            throw new FaultException("a visitor's last batch was not acknowledged within " + atMost.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Something that may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
