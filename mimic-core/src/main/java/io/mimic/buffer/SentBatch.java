package io.mimic.buffer;

import java.util.Arrays;

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
        private static final int LONGEST = 10;

        private byte[] bytes = new byte[256];
        private int size;
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
            return Arrays.copyOf(bytes, size);
        }

        /** Seven bits a byte, the lowest first; the eighth says that more follow. */
        private void write(long value) {
            if (size + LONGEST > bytes.length) {
                bytes = Arrays.copyOf(bytes, size * 2);
            }
            long rest = value;
            while (rest < 0 || rest > 0x7F) {
                bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }
    }
}
