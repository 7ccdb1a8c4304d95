package io.mimic.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip of one or more members, and refuses what comes after them. {@link java.util.zip.GZIPInputStream} trusts {@code
 * available()} to see whether a member follows, and takes garbage after the last one for its end.
 */
final class GunzipStream extends InputStream {
    private static final int MAX_MEMBERS = 1_000;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[8 * 1024];
    private int position;
    private int end;
    private int members;
    private boolean inMember;
    private boolean plainHeader = true;

    GunzipStream(InputStream in) {
        this.in = in;
    }

    /**
     * Whether all that was read is one member whose header tells nothing but that it is one: no name, and no checksum of its own, which is not
     * looked at here.
     */
    boolean isPlain() {
        return members == 1 && plainHeader && !inMember;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (inMember || startMember()) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsInput()) {
                fill();
                inflater.setInput(buffer, 0, end);
            } else {
                throw damaged("asks for a dictionary");
            }
        }
        return -1;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int inflate(byte[] target, int offset, int length) throws Refusal {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw damaged("cannot be inflated");
        }
    }

    private boolean startMember() throws IOException {
        if (position == end && members > 0 && !more()) {
            return false;
        }
        if (next() != 0x1F || next() != 0x8B) {
            throw damaged("is followed by something else");
        }
        if (next() != 8) {
            throw damaged("has an unknown method");
        }
        if (++members > MAX_MEMBERS) {
            throw damaged("has more than " + MAX_MEMBERS + " members");
        }
        skipHeader(next());
        inflater.reset();
        inflater.setInput(buffer, position, end - position);
        crc.reset();
        inMember = true;
        return true;
    }

    private void skipHeader(int flags) throws IOException {
        if ((flags & RESERVED) != 0) {
            throw damaged("has unknown flags");
        }
        plainHeader &= flags == 0;
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void endMember() throws IOException {
        position = end - inflater.getRemaining();
        long size = inflater.getBytesWritten() & 0xFFFFFFFFL;
        if (number() != crc.getValue() || number() != size) {
            throw damaged("has a wrong checksum");
        }
        inMember = false;
    }

    private long number() throws IOException {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // a name or a comment, of no use here
        }
    }

    private int next() throws IOException {
        if (position == end) {
            fill();
        }
        return buffer[position++] & 0xFF;
    }

    private void fill() throws IOException {
        if (!more()) {
            throw damaged("ends early");
        }
    }

    private boolean more() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        position = 0;
        end = Math.max(0, count);
        return count > 0;
    }

    private static Refusal damaged(String how) {
        return Refusal.malformed("The body's gzip " + how + ".");
    }
}
