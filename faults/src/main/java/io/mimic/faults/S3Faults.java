package io.mimic.faults;

import io.mimic.archive.s3.CuttingProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What happens on the way to S3. */
final class S3Faults {
    static final List<FaultCase> CASES = List.of(
            new FaultCase("s3-refusing", false, NodeFaults::nodesOnRedis, S3Faults::refusing),
            new FaultCase("s3-slow", false, NodeFaults::nodesOnRedis, S3Faults::slow),
            new FaultCase("s3-cutting", false, NodeFaults::nodesOnRedis, S3Faults::cutting));
    private static final Duration A_BLOCK = Duration.ofMillis(1_200);

    private S3Faults() {}

    private static void refusing(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        for (CuttingProxy link : stage.s3Links()) {
            link.refuse();
            if (PostgresqlFaults.connects(link.port())) {
                throw new FaultException("the way to S3 was closed and is still open");
            }
        }
        int before = stage.ledger().size();
        String told = "Archiving sessions does not work at the moment";
        for (NodeProcess node : stage.nodes()) {
            Wait.until(node + " finds S3 away", Duration.ofMinutes(2), () -> node.logged(told));
        }
        running.proof("the three ways to S3 refused connections; each node logged \"" + told
                + "\" and went on to take batches: " + (stage.ledger().size() - before));
        for (CuttingProxy link : stage.s3Links()) {
            link.accept();
        }
        running.more(60);
    }

    private static void slow(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        AtomicLong slowestMs = new AtomicLong();
        for (CuttingProxy link : stage.s3Links()) {
            link.gate(new Stopwatch(slowestMs));
            link.slow(A_BLOCK);
        }
        Wait.until(
                "an object takes longer than the lease",
                Duration.ofMinutes(2),
                () -> slowestMs.get() > Stage.LEASE.toMillis());
        running.more(40);
        for (CuttingProxy link : stage.s3Links()) {
            link.slow(Duration.ZERO);
        }
        running.proof("8 KiB to or from S3 took " + A_BLOCK.toMillis() + " ms: the slowest object took " + slowestMs
                + " ms, the lease is " + Stage.LEASE.toMillis() + " ms");
        running.more(60);
    }

    private static void cutting(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        AtomicInteger uploads = new AtomicInteger();
        AtomicInteger answers = new AtomicInteger();
        for (CuttingProxy link : stage.s3Links()) {
            link.gate(new Cutter(answers));
            link.cutNext(8, 9_000);
        }
        Wait.until("ten uploads are cut in the middle", Duration.ofMinutes(2), () -> {
            uploads.set(stage.s3Links().stream().mapToInt(CuttingProxy::cuts).sum() - answers.get());
            return uploads.get() >= 10 && answers.get() >= 4;
        });
        for (CuttingProxy link : stage.s3Links()) {
            link.cutNext(0, 0);
            link.gate(new CuttingProxy.Gate() {});
        }
        running.proof(uploads + " uploads were cut after 9,000 bytes, and " + answers
                + " answers were cut after the object was stored");
        running.more(60);
    }

    /** Of three answers to an upload one is cut. */
    private static final class Cutter implements CuttingProxy.Gate {
        private final AtomicInteger cut;
        private final AtomicInteger seen = new AtomicInteger();

        Cutter(AtomicInteger cut) {
            this.cut = cut;
        }

        @Override
        public boolean answer(String requestLine, String line) {
            boolean passes = !requestLine.startsWith("PUT /") || seen.incrementAndGet() % 3 != 0;
            if (!passes) {
                cut.incrementAndGet();
            }
            return passes;
        }
    }

    /** Measures uploads, from their first block to the first of their answer. */
    private static final class Stopwatch implements CuttingProxy.Gate {
        private final AtomicLong slowestMs;
        private final Map<String, Long> begun = new ConcurrentHashMap<>();

        Stopwatch(AtomicLong slowestMs) {
            this.slowestMs = slowestMs;
        }

        @Override
        public boolean request(String line) {
            begun.put(line, System.nanoTime());
            return true;
        }

        @Override
        public boolean answer(String requestLine, String line) {
            Long from = begun.remove(requestLine);
            if (from != null && requestLine.startsWith("PUT /")) {
                slowestMs.accumulateAndGet((System.nanoTime() - from) / 1_000_000, Math::max);
            }
            return true;
        }
    }
}
