package io.mimic.servlet;

import io.mimic.servlet.InjectingResponse.Sink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One page on its way to the client: passes it on as it is, with the recorder's tag put in once. Holds back no more than the container's
 * own buffer would, so that headers that are set late (a Content-Security-Policy with a nonce) are known when the tag is written; holds
 * back nothing once the request is asynchronous.
 *
 * @param <A> array that carries the page
 */
final class PageInjection<A> {
    private final Object lock;
    private final Medium<A> medium;
    private final Sink<A> sink;
    private final Fate fate;
    private final HeadScanner scanner;
    private final int limit;
    private @Nullable A held;
    private int heldLength;
    private long passedOn;
    private boolean done;
    private volatile boolean over;

    /** @param lock that writing takes; the writer's own, where it has one, since taking a second one for each piece shows in the page's time */
    PageInjection(Object lock, Medium<A> medium, HeadScanner scanner, int limit, Sink<A> sink, Fate fate) {
        this.lock = lock;
        this.medium = medium;
        this.scanner = scanner;
        this.limit = limit;
        this.sink = sink;
        this.fate = fate;
    }

    /** Whether all that was held has been passed on, so that what follows may go to the container as it is. */
    boolean over() {
        return over;
    }

    void write(A data, int from, int length) throws IOException {
        synchronized (lock) {
            if (done) {
                sink.write(data, from, length);
                return;
            }
            medium.scan(data, from, length, scanner);
            hold(data, from, length);
            boolean nothingToPut = scanner.instrumented() || (scanner.settled() && scanner.insertAt() < 0);
            if ((nothingToPut || heldLength >= limit || !fate.mayHold()) && !makeRoom()) {
                release(false);
            }
        }
    }

    /** Passes on what comes before the tag's place, so that what follows it in the head can still say that there is a tag already. */
    private boolean makeRoom() throws IOException {
        long at = scanner.insertAt() * medium.width() - passedOn;
        boolean open = !scanner.settled() && scanner.insertAt() >= 0 && at > 0;
        if (!open || !fate.mayHold() || heldLength - at >= limit) {
            return false;
        }
        fate.undecided();
        passOn((int) at);
        return true;
    }

    /** Passes on what is held, because the page's writer wants it to be seen or has written all of it. */
    void release(boolean whole) throws IOException {
        synchronized (lock) {
            if (!done) {
                releaseHeld(whole);
            }
        }
    }

    private void releaseHeld(boolean whole) throws IOException {
        long at = scanner.insertAt() * medium.width() - passedOn;
        if (!scanner.instrumented() && scanner.insertAt() >= 0 && at >= 0) {
            insert((int) at);
        } else if (whole || scanner.settled() || scanner.insertAt() >= 0) {
            done = true;
            fate.leaving();
            passOn(heldLength);
            held = null;
            over = true;
        } else if (heldLength > 0) {
            fate.undecided();
            long undecided = scanner.undecidedFrom() * medium.width() - passedOn;
            boolean keep = fate.mayHold() && undecided >= 0 && heldLength - undecided < limit;
            passOn(keep ? (int) undecided : heldLength);
        }
    }

    private void insert(int at) throws IOException {
        A tag = medium.encode(fate.tag());
        int tagLength = medium.length(tag);
        done = true;
        fate.inserting(tagLength * medium.bytesPerElement());
        A page = held == null ? medium.resize(tag, 0) : held;
        A all = medium.resize(page, heldLength + tagLength);
        copy(page, at, all, at + tagLength, heldLength - at);
        copy(tag, 0, all, at, tagLength);
        // in one call: a non-blocking stream takes one write for each time that it was ready
        sink.write(all, 0, heldLength + tagLength);
        held = null;
        over = true;
    }

    private void hold(A data, int from, int length) {
        if (held == null) {
            held = medium.resize(data, 0);
        }
        int needed = heldLength + length;
        if (needed > medium.length(held)) {
            held = medium.resize(held, Math.max(needed, Math.min(limit, 2 * heldLength)));
        }
        copy(data, from, held, heldLength, length);
        heldLength = needed;
    }

    private void passOn(int length) throws IOException {
        A page = held;
        if (page == null || length == 0) {
            return;
        }
        held = null;
        int rest = heldLength - length;
        if (rest > 0) {
            A kept = medium.resize(page, rest);
            copy(page, length, kept, 0, rest);
            held = kept;
        }
        heldLength = rest;
        passedOn += length;
        sink.write(page, 0, length);
    }

    // one array type on both sides, by A
    @SuppressWarnings("SuspiciousSystemArraycopy")
    private static <A> void copy(A source, int from, A destination, int to, int length) {
        if (source != null && destination != null) {
            System.arraycopy(source, from, destination, to, length);
        }
    }

    /** What is asked and told about the page; headers may still be set, unless a part has been passed on before. */
    interface Fate {
        /** Whether what is held can still be passed on when the request ends. */
        boolean mayHold();

        /** The recorder's tag, in ASCII. */
        String tag();

        /** The tag is put in; it makes the page longer by {@code tagBytes}. */
        void inserting(int tagBytes);

        /** The page stays as it is. */
        void leaving();

        /** A part is passed on before it is known whether the tag will be put in. */
        void undecided();
    }
}
