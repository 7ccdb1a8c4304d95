package io.mimic.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What was read of a stream from the event on that is being looked at, in one piece, and a byte 0 after it. Not thread-safe. */
final class EventBytes {
    private static final int SPARE = 256;
    private static final int MORE = 32 * 1024;
    /** The longest array, with room for what a JVM needs itself. */
    private static final int MOST = Integer.MAX_VALUE - 16;

    private final InputStream in;
    private final MemoryBudget.Share memory;
    private byte[] bytes;
    private int end;
    /** Stream offset of the first byte. */
    private long base;

    /**
     * @param begun what was read of the stream already
     * @param offset of its first byte
     */
    EventBytes(byte[] begun, long offset, InputStream in, MemoryBudget.Share memory) throws Refusal {
        this.in = in;
        this.memory = memory;
        this.end = begun.length;
        this.base = offset;
        memory.take(end + SPARE);
        this.bytes = Arrays.copyOf(begun, end + SPARE);
    }

    /** Good until {@link #more} or {@link #from} is called. */
    byte[] array() {
        return bytes;
    }

    /** Index after the last byte that was read; a byte 0 lies there. */
    int end() {
        return end;
    }

    long offset(int index) {
        return base + index;
    }

    /** Reads on; what has an index keeps it. */
    boolean more() throws IOException {
        if (end + 1 >= bytes.length) {
            int capacity = (int) Math.min(MOST, Math.max(MORE, bytes.length * 2L));
            memory.take(capacity);
            byte[] larger = Arrays.copyOf(bytes, capacity);
            memory.giveBack(bytes.length);
            bytes = larger;
        }
        int count = in.read(bytes, end, bytes.length - 1 - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        bytes[end] = 0;
        return true;
    }

    /**
     * Forgets what lies before, once that is half of all.
     *
     * @return the new index of what has this one
     */
    int from(int index) {
        if (index < bytes.length / 2) {
            return index;
        }
        System.arraycopy(bytes, index, bytes, 0, end - index + 1);
        base += index;
        end -= index;
        return 0;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
