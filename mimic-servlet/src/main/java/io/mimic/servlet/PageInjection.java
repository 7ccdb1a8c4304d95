package io.mimic.servlet;

import io.mimic.servlet.InjectingResponse.Sink;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page on its way to the client: passes it on as it is, with the recorder's tag put in once. Holds back no more than the container's
 * own buffer would, so that headers that are set late (a Content-Security-Policy with a nonce) are known when the tag is written; holds
 * back nothing once the request is asynchronous.
 *
 * @param <A> array that carries the page
 */
final class PageInjection<A> {
    private static final int FIRST_HOLD = 8 * 1024;

    private final Object lock;
    private final Medium<A> medium;
    private final Sink<A> sink;
    private final Fate fate;
    private final HeadScanner scanner;
    private final int limit;
    private @Nullable A held;
    private int heldLength;
    /** Shorter pieces may be {@linkplain #roomUnseen held unseen}. */
    private int spare;

    private @Nullable A piece;
    private int pieceFrom;
    private int pieceLength;
    private long passedOn;
    private boolean done;
    private volatile boolean over;

    /**
     * @param lock taken where two threads may write: only once the request is asynchronous, since a lock for each of a page's thousand pieces
     *     shows in its time
     * @param limit how much is held back at most
     */
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
        A room = room(length);
        if (room != null) {
            copy(data, from, room, heldLength, length);
            added(length);
            return;
        }
        synchronized (lock) {
            if (done) {
                sink.write(data, from, length);
            } else {
                medium.scan(data, from, length, scanner);
                takeWhole(data, from, length);
            }
        }
    }

    /**
     * Where the next piece may be put, at {@link #heldLength()}, before {@link #added} is told of it; null when it has to be given to
     * {@link #write}.
     */
    @Nullable
    A room(int length) {
        if (done || heldLength + length >= limit || !fate.mayHold()) {
            return null;
        }
        return roomFor(length);
    }

    /** As {@link #room}, once the scanner has seen enough and what there is has room: {@link #addedUnseen} is told of it. */
    @Nullable
    A roomUnseen(int length) {
        return length < spare && fate.mayHold() ? held : null;
    }

    void addedUnseen(int length) {
        heldLength += length;
        spare -= length;
    }

    int heldLength() {
        return heldLength;
    }

    void added(int length) throws IOException {
        int from = heldLength;
        heldLength += length;
        if (!scanner.settled()) {
            medium.scan(Objects.requireNonNull(held), from, length, scanner);
            if (nothingToPut()) {
                release(false);
            }
        }
        A room = held;
        if (room != null && scanner.settled()) {
            spare = Math.min(medium.length(room) + 1, limit) - heldLength;
        }
    }

    private boolean nothingToPut() {
        return scanner.instrumented() || (scanner.settled() && scanner.insertAt() < 0);
    }

    /** A piece with which more would be held than may be: it is looked at where it lies. */
    private void takeWhole(A data, int from, int length) throws IOException {
        piece = data;
        pieceFrom = from;
        pieceLength = length;
        try {
            if (nothingToPut() || !makeRoom()) {
                releasePending(false);
            }
        } finally {
            piece = null;
            pieceLength = 0;
        }
    }

    /** Passes on what comes before the tag's place, so that what follows it in the head can still say that there is a tag already. */
    private boolean makeRoom() throws IOException {
        long at = scanner.insertAt() * medium.width() - passedOn;
        boolean open = !scanner.settled() && scanner.insertAt() >= 0 && at > 0;
        if (!open || !fate.mayHold() || pending() - at >= limit) {
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
                releasePending(whole);
            }
        }
    }

    private void releasePending(boolean whole) throws IOException {
        long at = scanner.insertAt() * medium.width() - passedOn;
        if (!scanner.instrumented() && scanner.insertAt() >= 0 && at >= 0) {
            insert((int) at);
        } else if (whole || scanner.settled() || scanner.insertAt() >= 0) {
            decided();
            fate.leaving();
            passOn(pending());
            end();
        } else if (pending() > 0) {
            fate.undecided();
            long undecided = scanner.undecidedFrom() * medium.width() - passedOn;
            boolean keep = fate.mayHold() && undecided >= 0 && pending() - undecided < limit;
            passOn(keep ? (int) undecided : pending());
        }
    }

    private void insert(int at) throws IOException {
        A tag = medium.encode(fate.tag());
        int tagLength = medium.length(tag);
        decided();
        fate.inserting(tagLength * medium.bytesPerElement());
        if (fate.mayHold()) {
            send(0, at);
            sink.write(tag, 0, tagLength);
            send(at, pending());
        } else {
            sendInOne(at, tag, tagLength);
        }
        end();
    }

    /** A non-blocking stream takes one write for each time that it was ready. */
    private void sendInOne(int at, A tag, int tagLength) throws IOException {
        A all = medium.allocate(pending() + tagLength);
        copyPending(0, at, all, 0);
        copy(tag, 0, all, at, tagLength);
        copyPending(at, pending(), all, at + tagLength);
        sink.write(all, 0, pending() + tagLength);
    }

    private void decided() {
        done = true;
        spare = 0;
    }

    private void end() {
        held = null;
        over = true;
    }

    /** What is held, and the piece that is looked at. */
    private int pending() {
        return heldLength + pieceLength;
    }

    private void passOn(int length) throws IOException {
        try {
            send(0, length);
        } finally {
            keepFrom(length);
        }
    }

    private void send(int from, int to) throws IOException {
        int split = Math.max(from, Math.min(to, heldLength));
        if (held != null && split > from) {
            sink.write(held, from, split - from);
        }
        if (piece != null && to > split) {
            sink.write(piece, pieceFrom + split - heldLength, to - split);
        }
    }

    private void keepFrom(int from) {
        int rest = pending() - from;
        if (rest > 0) {
            A kept = roomFor(Math.max(0, rest - heldLength));
            copyPending(from, pending(), kept, 0);
        }
        heldLength = rest;
        pieceLength = 0;
        spare = 0;
        passedOn += from;
    }

    private void copyPending(int from, int to, A destination, int at) {
        int split = Math.max(from, Math.min(to, heldLength));
        copy(held, from, destination, at, split - from);
        copy(piece, pieceFrom + split - heldLength, destination, at + split - from, to - split);
    }

    /** For so much more than is held, which is below the limit: allocated once for most pages, twice for the others. */
    private A roomFor(int more) {
        A room = held;
        int needed = heldLength + more;
        if (room == null || needed > medium.length(room)) {
            room = medium.allocate(needed <= FIRST_HOLD ? Math.min(FIRST_HOLD, limit) : limit);
            copy(held, 0, room, 0, heldLength);
            held = room;
        }
        return room;
    }

    // one array type on both sides, by A
    @SuppressWarnings("SuspiciousSystemArraycopy")
    private static <A> void copy(@Nullable A source, int from, A destination, int to, int length) {
        if (source != null && length > 0) {
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
