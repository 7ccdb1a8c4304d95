package io.mimic.load;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * What is posted: everything but the time of sending, which each attempt puts in.
 *
 * @param page it belongs to
 * @param seq its number in the page
 * @param head up to the time of sending
 * @param tail what follows it
 * @param hash SHA-256 of the events, in hex
 */
record Body(String page, int seq, byte[] head, byte[] tail, String hash) {
    private static final int WORTHWHILE = 1024;

    static Body of(VirtualWindow window, RecordedBatch batch) {
        ByteArrayOutputStream tail = new ByteArrayOutputStream(1024);
        tail.writeBytes(meta(window).getBytes(StandardCharsets.UTF_8));
        MessageDigest digest = sha256();
        int count = 0;
        if (window.snapshotAsked()) {
            long at = batch.events().isEmpty()
                    ? batch.dueMs()
                    : batch.events().get(0).at();
            List<RecordedEvent> opening = window.recorded().opening();
            // before what follows: the order of events of the same millisecond is told by nobody
            at -= opening.size();
            for (RecordedEvent event : opening) {
                put(tail, digest, count, event.played(window.time(at++), mark(window, count++)));
            }
        }
        for (RecordedEvent event : batch.events()) {
            put(tail, digest, count, event.played(window.time(event.at()), mark(window, count++)));
        }
        tail.write(']');
        tail.write('}');
        String head = "{\"v\":1,\"project\":\"" + window.visitor().load().project() + "\",\"window\":\"" + window.id()
                + "\",\"page\":\"" + window.page() + "\",\"seq\":" + window.seq() + ",\"sentAt\":";
        return new Body(
                window.page(),
                window.seq(),
                head.getBytes(StandardCharsets.US_ASCII),
                tail.toByteArray(),
                HexFormat.of().formatHex(digest.digest()));
    }

    private static void put(ByteArrayOutputStream out, MessageDigest digest, int count, byte[] event) {
        if (count > 0) {
            out.write(',');
        }
        out.writeBytes(event);
        digest.update(event);
    }

    /** As whoever reads the session back looks for it; the number makes alike events different ones. */
    private static String mark(VirtualWindow window, int number) {
        return "\"batch\":\"" + window.page() + ":" + window.seq() + "\",\"number\":" + number;
    }

    private static String meta(VirtualWindow window) {
        if (window.seq() > 0) {
            return ",\"events\":[";
        }
        try {
            return ",\"meta\":{\"url\":" + JSON.std.asString(window.recorded().url())
                    + ",\"title\":\"Load\",\"language\":\"en\",\"timeZone\":\"Europe/Berlin\",\"viewport\":{\"width\":1280,\"height\":800},"
                    + "\"recorder\":\"load\"},\"events\":[";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param sentAt ms since the epoch by the visitor's clock */
    byte[] bytes(long sentAt) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + tail.length + 16);
        out.writeBytes(head);
        out.writeBytes(Long.toString(sentAt).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(tail);
        return out.toByteArray();
    }

    static boolean worthwhile(byte[] body) {
        return body.length >= WORTHWHILE;
    }

    static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
