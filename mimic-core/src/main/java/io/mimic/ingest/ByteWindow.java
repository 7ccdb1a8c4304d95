package io.mimic.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The last bytes of a stream, from where somebody still needs them, in small pieces: what the parser has read of the event that it is in.
 */
final class ByteWindow {
    private static final int PIECE = 8 * 1024;

    private final MemoryBudget.Share memory;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private byte[] spare;
    /** Stream offset of the first byte of the first piece. */
    private long base;

    private long end;

    ByteWindow(MemoryBudget.Share memory) throws Refusal {
        this.memory = memory;
        memory.take(PIECE);
        spare = new byte[PIECE];
    }

    void append(byte[] source, int from, int length) throws Refusal {
        int done = 0;
        while (done < length) {
            int used = (int) (end - base - (long) PIECE * Math.max(0, pieces.size() - 1));
            if (pieces.isEmpty() || used == PIECE) {
                pieces.addLast(newPiece());
                used = 0;
            }
            int part = Math.min(length - done, PIECE - used);
            System.arraycopy(source, from + done, pieces.getLast(), used, part);
            done += part;
            end += part;
        }
    }

    /** Forgets what lies before a stream offset. */
    void discardBefore(long offset) {
        while (!pieces.isEmpty() && base + PIECE <= offset) {
            byte[] piece = pieces.removeFirst();
            base += PIECE;
            if (spare.length == 0) {
                spare = piece;
            } else {
                memory.giveBack(PIECE);
            }
        }
        if (pieces.isEmpty()) {
            base = end;
        }
    }

    /** Copies the bytes of {@code [from, to)}, stream offsets, which must still be there. */
    void copy(long from, long to, byte[] target, int at) {
        long pieceStart = base;
        Iterator<byte[]> each = pieces.iterator();
        int written = at;
        while (each.hasNext() && pieceStart < to) {
            byte[] piece = each.next();
            long first = Math.max(from, pieceStart);
            long last = Math.min(to, pieceStart + PIECE);
            if (first < last) {
                System.arraycopy(piece, (int) (first - pieceStart), target, written, (int) (last - first));
                written += (int) (last - first);
            }
            pieceStart += PIECE;
        }
    }

    private byte[] newPiece() throws Refusal {
        if (spare.length > 0) {
            byte[] piece = spare;
            spare = new byte[0];
            return piece;
        }
        memory.take(PIECE);
        return new byte[PIECE];
    }
}
