package io.mimic.faults;

import io.mimic.archive.s3.CuttingProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Catches the next object that a node puts into S3 and holds it on its way, so that something can happen to the node just then. Once. */
final class HeldPut implements CuttingProxy.Gate {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final boolean onceStored;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean goesOn;
    private volatile String object = "";

    /** @param onceStored whether it is the answer that is held, when S3 has the object already, instead of the request */
    HeldPut(boolean onceStored) {
        this.onceStored = onceStored;
    }

    @Override
    public boolean request(String line) {
        return onceStored || !line.startsWith("PUT /" + Stage.BUCKET + "/") || hold(line);
    }

    @Override
    public boolean answer(String requestLine, String line) {
        return !onceStored
                || !requestLine.startsWith("PUT /" + Stage.BUCKET + "/")
                || !line.contains(" 200")
                || hold(requestLine);
    }

    private boolean hold(String requestLine) {
        if (!taken.compareAndSet(false, true)) {
            return true;
        }
        object = requestLine.split(" ", -1)[1].substring(Stage.BUCKET.length() + 2);
        held.countDown();
        try {
            return released.await(LONGEST.toSeconds(), TimeUnit.SECONDS) && goesOn;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A node, and its PUT that is held. */
    record ByNode(int node, HeldPut put) {}

    /** Holds the first PUT of whichever of these nodes comes first: which one archives is theirs to settle. */
    static ByNode first(Stage stage, boolean onceStored, List<Integer> nodes) throws Exception {
        List<ByNode> all = new ArrayList<>();
        for (int node : nodes) {
            HeldPut put = new HeldPut(onceStored);
            all.add(new ByNode(node, put));
            stage.s3Link(node).gate(put);
        }
        Wait.until(
                "a node puts an object into S3",
                LONGEST,
                () -> all.stream().anyMatch(each -> each.put().holds()));
        ByNode chosen =
                all.stream().filter(each -> each.put().holds()).findFirst().orElseThrow();
        all.stream()
                .filter(each -> each.node() != chosen.node())
                .forEach(each -> each.put().release(true));
        return chosen;
    }

    private boolean holds() {
        return held.getCount() == 0;
    }

    /** The name of the object, once it is held. */
    String object() {
        return object;
    }

    /** The session that the object belongs to. */
    String session() {
        return object.split("/", -1)[4];
    }

    /** Lets it go on, or cuts its connection. */
    void release(boolean on) {
        goesOn = on;
        released.countDown();
    }
}
