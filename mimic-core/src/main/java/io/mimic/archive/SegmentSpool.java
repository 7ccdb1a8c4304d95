package io.mimic.archive;

import io.mimic.buffer.Chunk;
import io.mimic.json.Jackson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A segment before it is compressed: its two parts as text in files that the system removes with the process. Also a steady picture of
 * what the buffer holds of a session, for reading. Not thread-safe.
 */
public final class SegmentSpool implements AutoCloseable {
    static final String FORMAT = "mimic-segment/1";

    private final SegmentTally tally;
    private final Part timeline;
    private final Part dom;

    private SegmentSpool(Part timeline, Part dom, SegmentTally tally) {
        this.timeline = timeline;
        this.dom = dom;
        this.tally = tally;
    }

    /** @param folder where the files lie */
    public static SegmentSpool open(WorkFolder folder, String project, UUID session) throws IOException {
        Part timeline = new Part(folder);
        try {
            Part dom = new Part(folder);
            timeline.writeLine(EventLines.HEADER, title("timeline", project, session));
            dom.writeLine(EventLines.HEADER, title("dom", project, session));
            return new SegmentSpool(timeline, dom, new SegmentTally());
        } catch (IOException e) {
            timeline.close();
            throw e;
        }
    }

    private static byte[] title(String part, String project, UUID session) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("part", part);
        members.put("project", project);
        members.put("session", session.toString());
        return Jackson.MAPPER.asBytes(members);
    }

    /** Adds a batch, with its header in both parts. */
    public void add(Chunk chunk) throws IOException {
        BatchHeader header =
                new BatchHeader(chunk.page(), chunk.window(), chunk.seq(), chunk.skewMs(), UserActivity.of(chunk));
        timeline.writeLine(EventLines.HEADER, header.toJson(true));
        timeline.write(chunk.timeline());
        dom.writeLine(EventLines.HEADER, header.toJson(false));
        dom.write(chunk.dom());
        tally.add(chunk, header.activity());
    }

    /** What was added, in numbers. */
    public SegmentTally tally() {
        return tally;
    }

    /** Bytes of both parts. */
    public long rawBytes() {
        return timeline.bytes + dom.bytes;
    }

    /** Reads a part from its start. Nothing may be added until it is closed. */
    public PartReader read(SegmentPart part) throws IOException {
        Part wanted = part(part);
        return new PartReader("buffer", wanted.read(), wanted.bytes);
    }

    long bytes(SegmentPart part) {
        return part(part).bytes;
    }

    InputStream text(SegmentPart part) throws IOException {
        return part(part).read();
    }

    private Part part(SegmentPart part) {
        return part == SegmentPart.TIMELINE ? timeline : dom;
    }

    @Override
    public void close() throws IOException {
        try (timeline) {
            dom.close();
        }
    }

    private static final class Part implements AutoCloseable {
        private final FileChannel channel;
        private final OutputStream out;
        private long bytes;

        Part(WorkFolder folder) throws IOException {
            // Named for this moment only: with DELETE_ON_CLOSE nothing is left even after kill -9.
            channel = FileChannel.open(
                    folder.newFile("spool"),
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
            out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        }

        void writeLine(byte first, byte[] line) throws IOException {
            out.write(first);
            out.write(line);
            out.write(EventLines.END);
            bytes += line.length + 2L;
        }

        void write(byte[] lines) throws IOException {
            out.write(lines);
            bytes += lines.length;
        }

        InputStream read() throws IOException {
            out.flush();
            return new ChannelStream(channel);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Reads a channel from its start without moving its position. */
    private static final class ChannelStream extends InputStream {
        private final FileChannel channel;
        private long position;

        ChannelStream(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(target, offset, length), position);
            position += Math.max(0, read);
            return read;
        }
    }
}
