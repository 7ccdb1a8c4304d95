package io.mimic.buffer;

import java.io.ByteArrayOutputStream;

/**
 * A batch as its sender compressed it, and where its events lie in what that inflates to: enough to cut both parts of its {@link Chunk} out again, so that a
 * buffer need not compress them anew.
 *
 * @param gzip one member, with nothing in its header
 * @param cuts as {@link Cuts} writes them
 */
public record SentBatch(byte[] gzip, byte[] cuts) {
    /** Notes where the events lie, one after the other. Not thread-safe. */
    public static final class Cuts {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        private long end;
        private long at;

        /**
         * @param timeline whether the event belongs to the timeline, not to the DOM
         * @param timestamp of its line, ms
         * @param from where its JSON begins, not before the end of the event before
         * @param to where it ends
         */
        public void add(boolean timeline, long timestamp, long from, long to) {
            write((from - end) << 1 | (timeline ? 1 : 0));
            write(to - from);
            long later = timestamp - at;
            write(later << 1 ^ later >> 63);
            end = to;
            at = timestamp;
        }

        public byte[] toByteArray() {
            return out.toByteArray();
        }

        /** Seven bits a byte, the lowest first; the eighth says that more follow. */
        private void write(long value) {
            long rest = value;
            while (rest < 0 || rest > 0x7F) {
                out.write((int) (rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
