package io.mimic.buffer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Cuts both parts of a chunk out of its batch as it was sent. For one use. */
final class SentForm {
    /** More than any batch has; a damaged length is not to take the heap. */
    private static final long MOST = 1L << 28;

    private final SentBatch sent;
    private byte[] timeline = {};
    private byte[] dom = {};
    private int timelineSize;
    private int domSize;

    SentForm(SentBatch sent) {
        this.sent = sent;
    }

    /** The lines of {@link Chunk}: the timeline's, then the DOM's. */
    byte[][] parts() throws IOException {
        measure();
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(sent.gzip()), 8192))) {
            for (CutReader cut = new CutReader(sent.cuts()); cut.next(); ) {
                in.skipNBytes(cut.gap);
                cut(cut, in);
            }
            // the checksum is at its end
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new byte[][] {timeline, dom};
    }

    private void measure() throws IOException {
        long timelineBytes = 0;
        long domBytes = 0;
        for (CutReader cut = new CutReader(sent.cuts()); cut.next(); ) {
            long line = prefix(cut.timestamp).length + cut.length + 1;
            timelineBytes += cut.timeline ? line : 0;
            domBytes += cut.timeline ? 0 : line;
            if (timelineBytes + domBytes > MOST) {
                throw new IOException("a batch of more than " + MOST + " bytes");
            }
        }
        timeline = new byte[(int) timelineBytes];
        dom = new byte[(int) domBytes];
    }

    private void cut(CutReader cut, DataInputStream in) throws IOException {
        byte[] to = cut.timeline ? timeline : dom;
        int size = cut.timeline ? timelineSize : domSize;
        byte[] prefix = prefix(cut.timestamp);
        System.arraycopy(prefix, 0, to, size, prefix.length);
        int from = size + prefix.length;
        int end = from + (int) cut.length;
        in.readFully(to, from, end - from);
        EventText.joinLines(to, from, end);
        to[end] = '\n';
        if (cut.timeline) {
            timelineSize = end + 1;
        } else {
            domSize = end + 1;
        }
    }

    private static byte[] prefix(long timestamp) {
        return (timestamp + "\t").getBytes(StandardCharsets.US_ASCII);
    }

    /** Walks through what {@link SentBatch.Cuts} wrote. */
    private static final class CutReader {
        private final InputStream in;
        private long gap;
        private long length;
        private boolean timeline;
        private long timestamp;

        CutReader(byte[] cuts) {
            in = new ByteArrayInputStream(cuts);
        }

        boolean next() throws IOException {
            int first = in.read();
            if (first < 0) {
                return false;
            }
            long place = number(first);
            timeline = (place & 1) != 0;
            gap = place >>> 1;
            length = number(in.read());
            long later = number(in.read());
            timestamp += later >>> 1 ^ -(later & 1);
            if (length < 0 || length > MOST) {
                throw new IOException("an event of " + length + " bytes");
            }
            return true;
        }

        private long number(int first) throws IOException {
            long value = 0;
            int next = first;
            for (int shift = 0; shift < 64; shift += 7) {
                if (next < 0) {
                    throw new EOFException("the places of the events end early");
                }
                value |= (next & 0x7FL) << shift;
                if (next < 0x80) {
                    return value;
                }
                next = in.read();
            }
            throw new IOException("a place of an event that is no number");
        }
    }
}
