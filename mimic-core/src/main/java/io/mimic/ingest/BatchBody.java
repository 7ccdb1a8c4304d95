package io.mimic.ingest;

import io.mimic.metric.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as the parser reads it: inflated, bounded in every way, and checked for UTF-8.
 * Closing it leaves the request's stream open.
 */
final class BatchBody extends InputStream {
    /** Below this a batch may inflate as it likes: it costs nothing. */
    private static final long RATIO_FROM = 2 * 1024 * 1024;

    private final IngestLimits limits;
    private final Received received;
    private final InputStream inflated;
    private final boolean gzip;
    private final KeptStream kept;
    private final Utf8Check utf8 = new Utf8Check();
    private long total;
    private long limit;
    private String what;

    private BatchBody(
            IngestLimits limits, Received received, InputStream start, boolean gzip, MemoryBudget.Share memory) {
        this.limits = limits;
        this.received = received;
        this.gzip = gzip;
        this.kept = new KeptStream(start, memory);
        this.inflated = gzip ? new GunzipStream(kept) : start;
        this.limit = limits.eventBytes();
        this.what = "The body";
    }

    /** @param nanoTime tells how long the body takes */
    static BatchBody open(IngestRequest request, IngestLimits limits, MemoryBudget.Share memory, LongSupplier nanoTime)
            throws IOException {
        boolean said = saysGzip(request.contentEncoding());
        Received received = new Received(request.body(), limits, nanoTime);
        PushbackInputStream start = new PushbackInputStream(received, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B;
        if (said && !gzip && magic.length > 0 && magic[0] != '{') {
            throw Refusal.malformed("Content-Encoding is gzip, but the body does not begin as gzip does.");
        }
        // a proxy may have inflated the body and left the header: what it is counts, not what is said
        return new BatchBody(limits, received, start, gzip, memory);
    }

    /** The gzip as it was sent, once all of it was read; empty when it was none, too much, or says more than its content. */
    byte[] sent() {
        return inflated instanceof GunzipStream gunzip && gunzip.isPlain() ? kept.kept() : new byte[0];
    }

    /** From here on {@code what} may end at most at this offset. */
    void limit(long bytes, String what) throws Refusal {
        this.limit = bytes;
        this.what = what;
        checkSize();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = inflated.read(target, offset, length);
        if (count > 0) {
            total += count;
            checkSize();
            utf8.accept(target, offset, count);
        }
        return count;
    }

    @Override
    public void close() {
        if (inflated instanceof GunzipStream stream) {
            stream.close();
        }
    }

    private void checkSize() throws Refusal {
        if (total > limit) {
            throw Refusal.tooLarge(what + " is larger than " + limit + " bytes.");
        }
        if (gzip && total > RATIO_FROM && total / limits.inflation() > received.count) {
            throw Refusal.tooLarge("The body inflates to more than " + limits.inflation() + " times its size.");
        }
    }

    private static boolean saysGzip(@Nullable String encoding) throws Refusal {
        String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "gzip", "x-gzip" -> true;
            case "identity", "" -> false;
            default -> throw Refusal.wrongType("Content-Encoding must be gzip or absent.");
        };
    }

    /** The body as it arrives: counted, and not for ever. */
    private static final class Received extends InputStream {
        private final InputStream in;
        private final IngestLimits limits;
        private final LongSupplier nanoTime;
        private final long startedAt;
        private long count;

        Received(InputStream in, IngestLimits limits, LongSupplier nanoTime) {
            this.in = in;
            this.limits = limits;
            this.nanoTime = nanoTime;
            this.startedAt = nanoTime.getAsLong();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count += Math.max(0, read);
            if (count > limits.eventBytes()) {
                throw Refusal.tooLarge("The body is larger than " + limits.eventBytes() + " bytes.");
            }
            if (nanoTime.getAsLong() - startedAt > limits.bodyTime().toNanos()) {
                throw Refusal.unavailable(
                        Rejection.SLOW,
                        "The body took longer than " + limits.bodyTime().toSeconds() + " s to arrive.",
                        5);
            }
            return read;
        }
    }
}
