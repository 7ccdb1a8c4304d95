package io.mimic.ingest;

import io.mimic.buffer.EventText;
import java.util.ArrayList;
import java.util.List;

/** Events as lines {@code timestamp TAB json LF}, as {@link io.mimic.buffer.Chunk} keeps them. */
final class Lines {
    private static final int SMALLEST_PIECE = 4 * 1024;
    private static final int LARGEST_PIECE = 64 * 1024;

    private final MemoryBudget.Share memory;
    private final List<Slice> full = new ArrayList<>();
    /** Bytes of the full pieces. */
    private int before;

    private byte[] piece = new byte[0];
    private int size;

    Lines(MemoryBudget.Share memory) {
        this.memory = memory;
    }

    /** @param breaks whether there may be line breaks between its tokens */
    void add(long timestamp, Slice event, boolean breaks) throws Refusal {
        int digits = digits(timestamp);
        makeRoom(digits + 1 + event.length() + 1);
        long rest = timestamp;
        for (int i = size + digits - 1; i >= size; i--) {
            piece[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        piece[size + digits] = '\t';
        int start = size + digits + 1;
        System.arraycopy(event.bytes(), event.from(), piece, start, event.length());
        size = start + event.length();
        if (breaks) {
            EventText.joinLines(piece, start, size);
        }
        piece[size++] = '\n';
    }

    byte[] toByteArray() throws Refusal {
        if (full.isEmpty() && size == piece.length) {
            return piece;
        }
        memory.take(before + size);
        byte[] all = new byte[before + size];
        int at = 0;
        for (Slice each : full) {
            System.arraycopy(each.bytes(), 0, all, at, each.length());
            at += each.length();
        }
        System.arraycopy(piece, 0, all, at, size);
        return all;
    }

    private static int digits(long timestamp) {
        int digits = 1;
        for (long rest = timestamp; rest > 9; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void makeRoom(int more) throws Refusal {
        if (size + more <= piece.length) {
            return;
        }
        if (size > 0) {
            full.add(new Slice(piece, 0, size));
            before += size;
        }
        // a first event that is large is most often the only one: exactly its size spares a copy
        int usual = Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, before));
        int capacity = Math.max(more, usual);
        memory.take(capacity);
        piece = new byte[capacity];
        size = 0;
    }

    /** An event's JSON; as long as the bytes are left alone. */
    record Slice(byte[] bytes, int from, int length) {}
}
