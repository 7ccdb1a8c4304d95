package io.mimic.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Remembers what was read of a stream, as long as that is not much. */
final class KeptStream extends InputStream {
    private static final int FIRST = 8 * 1024;
    private static final int MOST = 4 * 1024 * 1024;

    private final InputStream in;
    private final MemoryBudget.Share memory;
    private byte[] bytes = new byte[0];
    private int size;
    private boolean tooMuch;

    KeptStream(InputStream in, MemoryBudget.Share memory) {
        this.in = in;
        this.memory = memory;
    }

    /** Empty when it was too much. */
    byte[] kept() {
        return tooMuch ? new byte[0] : Arrays.copyOf(bytes, size);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0 && !tooMuch) {
            keep(target, offset, count);
        }
        return count;
    }

    private void keep(byte[] source, int from, int count) throws Refusal {
        int needed = size + count;
        if (needed > MOST) {
            tooMuch = true;
            memory.giveBack(bytes.length);
            bytes = new byte[0];
            return;
        }
        if (needed > bytes.length) {
            int capacity = Math.max(FIRST, Math.max(needed, bytes.length * 2));
            memory.take(capacity - bytes.length);
            bytes = Arrays.copyOf(bytes, capacity);
        }
        System.arraycopy(source, from, bytes, size, count);
        size = needed;
    }
}
