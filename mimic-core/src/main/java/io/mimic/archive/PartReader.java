package io.mimic.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks through one part of a segment, batch by batch and event by event, without holding more than a few kilobytes. Not thread-safe.
 *
 * <p>Every method throws {@link SegmentDamagedException} when the part is cut short, altered or larger than its row says.
 */
public final class PartReader implements AutoCloseable {
    /** Largest event that {@link #json()} answers: what ingest takes at most, with some air. */
    private static final int MAX_EVENT = 80 << 20;

    private static final int MAX_HEADER = 1 << 20;

    private final String object;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 15];
    private int at;
    private int filled;
    private long left;
    private boolean inEvent;
    private long timestamp;
    private boolean titleRead;

    /**
     * @param object what messages call it
     * @param in the part's text; closed with this reader
     * @param limit bytes that the text has at most
     */
    PartReader(String object, InputStream in, long limit) {
        this.object = object;
        this.in = in;
        this.left = limit;
    }

    /** Goes to the next batch, past what is left of this one; null at the end. */
    public @Nullable BatchHeader nextBatch() throws SegmentDamagedException {
        try {
            if (!titleRead) {
                readTitle();
            }
            while (nextEvent()) {
                // Only what comes after this batch's events is wanted.
            }
            if (!more()) {
                return null;
            }
            at++;
            return BatchHeader.fromJson(line(MAX_HEADER));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** Goes to the next event of this batch; false when there is none. */
    public boolean nextEvent() throws SegmentDamagedException {
        try {
            if (inEvent) {
                copyLine(OutputStream.nullOutputStream(), Integer.MAX_VALUE);
            }
            inEvent = more() && buffer[at] != EventLines.HEADER;
            if (inEvent) {
                timestamp = readTimestamp();
            }
            return inEvent;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** Time of this event by the browser's clock, ms since the epoch. */
    public long timestamp() {
        return timestamp;
    }

    /** This event's JSON; can be asked once, and then not be written any more. */
    public byte[] json() throws SegmentDamagedException {
        try {
            return line(MAX_EVENT);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(e);
        } finally {
            inEvent = false;
        }
    }

    /**
     * Writes this event's JSON; can be asked once.
     *
     * @throws SegmentDamagedException when it cannot be read
     * @throws IOException when {@code out} cannot be written
     */
    public void writeTo(OutputStream out) throws IOException {
        inEvent = false;
        copyLine(out, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void readTitle() throws IOException {
        titleRead = true;
        if (!more() || buffer[at] != EventLines.HEADER) {
            throw new IOException("it does not begin with the title of a segment's part");
        }
        String title = new String(line(MAX_HEADER), StandardCharsets.UTF_8);
        if (!title.contains("\"" + SegmentSpool.FORMAT + "\"")) {
            throw new IOException("its format is not " + SegmentSpool.FORMAT);
        }
    }

    private long readTimestamp() throws IOException {
        byte[] digits = new byte[EventLines.MAX_TIMESTAMP + 1];
        int length = 0;
        while (more() && buffer[at] != EventLines.TAB && length < digits.length) {
            digits[length++] = buffer[at++];
        }
        at++;
        return EventLines.timestamp(digits, 0, length);
    }

    private byte[] line(int limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        copyLine(line, limit);
        return line.toByteArray();
    }

    /** Copies up to the line's end and goes past it. */
    private void copyLine(OutputStream out, int limit) throws IOException {
        long copied = 0;
        while (true) {
            if (!more()) {
                throw damaged(new IOException("it ends within a line"));
            }
            int end = at;
            while (end < filled && buffer[end] != EventLines.END) {
                end++;
            }
            copied += end - at;
            if (copied > limit) {
                throw damaged(new IOException("a line is longer than " + limit + " bytes"));
            }
            out.write(buffer, at, end - at);
            at = end;
            if (end < filled) {
                at++;
                return;
            }
        }
    }

    private boolean more() throws SegmentDamagedException {
        if (at < filled) {
            return true;
        }
        at = 0;
        filled = 0;
        int read = fill();
        if (read <= 0) {
            return false;
        }
        left -= read;
        if (left < 0) {
            throw damaged(new IOException("it is larger than its row says"));
        }
        filled = read;
        return true;
    }

    private int fill() throws SegmentDamagedException {
        try {
            return in.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private SegmentDamagedException damaged(Exception cause) {
        return cause instanceof SegmentDamagedException already ? already : new SegmentDamagedException(object, cause);
    }
}
