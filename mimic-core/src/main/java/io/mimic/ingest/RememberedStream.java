package io.mimic.ingest;

import java.io.IOException;
import java.io.InputStream;

/** Remembers in a window what was read of a stream. Leaves the stream open. */
final class RememberedStream extends InputStream {
    private final InputStream in;
    private final ByteWindow window;

    RememberedStream(InputStream in, MemoryBudget.Share memory) throws Refusal {
        this.in = in;
        this.window = new ByteWindow(memory);
    }

    ByteWindow window() {
        return window;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            window.append(target, offset, count);
        }
        return count;
    }
}
