package io.mimic.archive;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Compresses a spool into an object: the timeline part, then the DOM part, one encoder at a time. */
final class SegmentWriter {
    private SegmentWriter() {}

    /**
     * @param target where the object is written; must not exist
     * @param progress called every few hundred kilobytes; may throw to stop
     */
    static SegmentFile write(SegmentSpool spool, SegmentCodec codec, Path target, Runnable progress)
            throws IOException {
        MessageDigest sha256 = sha256();
        try (Counting out = new Counting(new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)),
                sha256))) {
            encode(spool, SegmentPart.TIMELINE, codec, out, progress);
            long timelineBytes = out.count;
            encode(spool, SegmentPart.DOM, codec, out, progress);
            long domBytes = out.count - timelineBytes;
            out.flush();
            return new SegmentFile(
                    target,
                    timelineBytes,
                    domBytes,
                    spool.rawBytes(),
                    HexFormat.of().formatHex(sha256.digest()));
        }
    }

    private static void encode(
            SegmentSpool spool, SegmentPart part, SegmentCodec codec, OutputStream out, Runnable progress)
            throws IOException {
        byte[] block = new byte[1 << 18];
        try (InputStream text = spool.text(part);
                OutputStream encoder = codec.encode(new Unclosed(out), spool.bytes(part))) {
            for (int read = text.read(block); read > 0; read = text.read(block)) {
                encoder.write(block, 0, read);
                progress.run();
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {
            // The second part follows in the same file.
        }
    }
}
