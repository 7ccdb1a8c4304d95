package io.mimic.archive.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A range of an object that is asked for again, from where it broke off, when the connection is cut. */
final class ResumingStream extends InputStream {
    private static final int CUTS = 3;

    private final Source source;
    private final long length;
    private @Nullable InputStream current;
    private long position;
    private int cuts;

    /** Opens the source at once, so that a missing object is told before anything is read. */
    ResumingStream(Source source, long length) {
        this.source = source;
        this.length = length;
        this.current = source.open(0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (position == length) {
            return -1;
        }
        while (true) {
            try {
                int read = current().read(bytes, offset, (int) Math.min(count, length - position));
                if (read < 0) {
                    throw new EOFException((length - position) + " bytes are missing");
                }
                position += read;
                return read;
            } catch (IOException e) {
                dropAfter(e);
            }
        }
    }

    private InputStream current() {
        if (current == null) {
            current = source.open(position);
        }
        return current;
    }

    private void dropAfter(IOException cut) throws IOException {
        if (++cuts > CUTS) {
            throw cut;
        }
        try {
            close();
        } catch (IOException e) {
            cut.addSuppressed(e);
        }
        current = null;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** Opens the object's range from a position of it to its end. */
    @FunctionalInterface
    interface Source {
        InputStream open(long position);
    }
}
