package io.mimic.load;

import java.util.List;

/** One tab of a visitor: page after page, the batches of each one after the other. Never used by two threads at once. */
final class VirtualWindow {
    private final VirtualVisitor visitor;
    private final LoadPlan plan;
    private final String id;
    private final int first;
    private int seen;
    private String page = "";
    private RecordedPage recorded;
    private List<RecordedBatch> batches = List.of();
    private long pageBegan;
    private int seq;
    private boolean snapshotAsked;

    /** @param first page of the recording that it shows */
    VirtualWindow(VirtualVisitor visitor, int first) {
        this.visitor = visitor;
        this.plan = visitor.load().plan();
        this.id = visitor.id().substring(0, 16);
        this.first = first;
        this.recorded = visitor.page(first);
    }

    /** Shows its first page at this time of the visitor's. */
    void open(long visitMs) {
        recorded = visitor.page(first + seen);
        batches = recorded.batches(plan.interval().toMillis());
        page = visitor.id();
        pageBegan = visitMs;
        seq = 0;
        snapshotAsked = false;
        visitor.load().traffic().page();
        next(visitMs);
    }

    /** @param now the visitor's time when the batch before was answered, or the page begun */
    private void next(long now) {
        RecordedBatch batch = batches.get(seq);
        long due = plan.closed() ? now + (seq == 0 ? 0 : visitor.thinkMs()) : pageBegan + batch.dueMs();
        visitor.load().at(visitor.nanoTime(due), () -> send(batch, due));
    }

    private void send(RecordedBatch batch, long due) {
        if (visitor.load().begin()) {
            new Post(visitor, this, Body.of(this, batch)).send(visitor.nanoTime(due));
        }
    }

    /** @param snapshot whether the server asked for one */
    void acknowledged(boolean snapshot) {
        snapshotAsked = snapshot;
        long now =
                plan.closed() ? visitor.visitMs() : pageBegan + batches.get(seq).dueMs();
        seq++;
        if (seq < batches.size()) {
            next(now);
            return;
        }
        seen++;
        long after = now + visitor.thinkMs();
        if (visitor.stays(first + seen, after)) {
            visitor.load().at(visitor.nanoTime(after), () -> open(after));
        } else {
            visitor.closed(visitor.nanoTime(after));
        }
    }

    VirtualVisitor visitor() {
        return visitor;
    }

    String id() {
        return id;
    }

    String page() {
        return page;
    }

    RecordedPage recorded() {
        return recorded;
    }

    int seq() {
        return seq;
    }

    boolean snapshotAsked() {
        return snapshotAsked;
    }

    /** @return ms since the epoch of what happened so long after the page began */
    long time(long pageMs) {
        return visitor.time(pageBegan + pageMs);
    }
}
