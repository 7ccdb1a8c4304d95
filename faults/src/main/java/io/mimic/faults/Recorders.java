package io.mimic.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Recorders that post at once, each with an address, a page and a connection of its own; each sends its batch again until it is acknowledged, then
 * the next one after its interval.
 */
final class Recorders implements AutoCloseable {
    private static final int LANES = 16;
    /** Of one lane; a container takes no more than some 8,000 connections. */
    private static final int AT_ONCE = 125;
    /** As long as a browser leaves a connection open that it does not use. */
    private static final long IDLE_NS = Duration.ofMinutes(1).toNanos();

    private final List<Thread> lanes = new ArrayList<>();
    private final List<Recorder> all = new ArrayList<>();
    private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final long intervalNs;
    private volatile boolean stopping;

    /** @param padding characters that each batch has besides */
    Recorders(int port, int count, Duration interval, int padding) {
        this.intervalNs = interval.toNanos();
        for (int i = 0; i < count; i++) {
            all.add(new Recorder(port, i, padding));
        }
    }

    Recorders start() {
        for (int lane = 0; lane < Math.min(LANES, all.size()); lane++) {
            int first = lane;
            Thread thread = new Thread(() -> run(first), "recorders-" + lane);
            thread.setDaemon(true);
            lanes.add(thread);
            thread.start();
        }
        return this;
    }

    private void run(int first) {
        try {
            while (!stopping) {
                List<Recorder> due = new ArrayList<>();
                long now = System.nanoTime();
                for (int i = first; i < all.size(); i += LANES) {
                    if (all.get(i).due(now)) {
                        due.add(all.get(i));
                    }
                }
                for (int from = 0; from < due.size(); from += AT_ONCE) {
                    post(due.subList(from, Math.min(due.size(), from + AT_ONCE)));
                }
                if (due.isEmpty()) {
                    Thread.sleep(5);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failures.add(e.toString());
        }
    }

    private void post(List<Recorder> some) throws IOException {
        for (Recorder recorder : some) {
            recorder.send();
        }
        for (Recorder recorder : some) {
            count(recorder.receive(intervalNs));
            if (intervalNs > IDLE_NS) {
                recorder.close();
            }
        }
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, key -> new AtomicLong()).incrementAndGet();
        if (answer.startsWith("4") && !answer.startsWith("429")) {
            failures.add("a batch was refused for good: " + answer);
        }
    }

    /** How often a status was answered; "none" when there was no answer. */
    long answered(String status) {
        AtomicLong count = answers.get(status);
        return count == null ? 0 : count.get();
    }

    String told() {
        return new TreeMap<>(answers).toString();
    }

    /** For each page, how many batches were acknowledged. */
    Map<String, Integer> acknowledged() {
        Map<String, Integer> pages = new TreeMap<>();
        all.forEach(recorder -> pages.put(recorder.page(), recorder.acknowledged()));
        return pages;
    }

    /** @throws FaultException when one gave up */
    void check() throws FaultException {
        if (!failures.isEmpty()) {
            throw new FaultException(failures.size() + " recorders gave up, the first with: " + failures.get(0));
        }
    }

    /** Waits until so many more are acknowledged. */
    void more(long batches, Duration patience) throws Exception {
        long wanted = answered("202") + batches;
        Wait.until(batches + " more batches are acknowledged, answered: " + told(), patience, () -> {
            check();
            return answered("202") >= wanted;
        });
    }

    void stop() throws Exception {
        stopping = true;
        for (Thread lane : lanes) {
            lane.join(TimeUnit.MINUTES.toMillis(2));
        }
        check();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        for (Recorder recorder : all) {
            recorder.close();
        }
    }
}
