package io.mimic.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Batches of about a given size, compressed by gzip as a recorder sends them. Their events are alike and were compressed beforehand; what tells them apart lies before
 * the events, uncompressed within the same member, so that making them takes next to nothing of the processor.
 */
public final class Batches {
    private static final int TEN_MINUTES = 120;
    /** Less than what is archived while its session goes on. */
    private static final int MOST_BYTES = 6 << 20;

    private static final byte[] GZIP_HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0};

    private final String project;
    private final byte[] events;
    private final byte[] deflated;
    private final int perPage;
    /** Begins anywhere, or batches of another size would be taken for repetitions. */
    private final AtomicLong pages = new AtomicLong(ThreadLocalRandom.current().nextLong());

    Batches(String project, int bytes) {
        this.project = project;
        this.events = (events(bytes) + "}").getBytes(StandardCharsets.US_ASCII);
        this.deflated = deflate(events);
        this.perPage = Math.min(TEN_MINUTES, MOST_BYTES / bytes);
    }

    /** A JSON array of events of about this size. */
    public static String events(int bytes) {
        Random random = new Random(7);
        StringBuilder json = new StringBuilder("[");
        long at = 1_795_560_043_000L;
        while (json.length() < bytes - 400) {
            json.append(json.length() == 1 ? "" : ",");
            json.append(
                            "{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[],\"removes\":[],\"adds\":[{\"parentId\":")
                    .append(random.nextInt(5_000))
                    .append(
                            ",\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"li\",\"attributes\":{\"class\":\"line ")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\"},\"childNodes\":[],\"id\":")
                    .append(random.nextInt(9_000))
                    .append("}}]},\"timestamp\":")
                    .append(at += 40)
                    .append('}');
        }
        return json.append(']').toString();
    }

    /** A source of bodies for one connection: a page of its own, batch after batch, then the next page. */
    HttpLoad.Requests posts(String path) {
        return (connection, turn) -> post(path, pageId(connection, turn / perPage), turn % perPage);
    }

    /** The first batch of one page after the other. */
    HttpLoad.Requests firstOf(String path) {
        AtomicLong next = new AtomicLong();
        return (connection, turn) -> post(path, pageId(0, next.getAndIncrement()), 0);
    }

    /** For one connection: the next batch of each of the pages, whose first ones may have been sent. */
    HttpLoad.Requests inTurn(String path, int count) {
        AtomicLong sent = new AtomicLong(count > 1 ? count : 0);
        return (connection, turn) -> {
            long next = sent.getAndIncrement();
            return post(path, pageId(0, next % count), next / count);
        };
    }

    private byte[] post(String path, String page, long seq) {
        String head = "{\"v\":1,\"project\":\"" + project + "\",\"window\":\"window-1\",\"page\":\"" + page
                + "\",\"seq\":" + seq + ",\"sentAt\":" + System.currentTimeMillis() + ",\"events\":";
        return HttpLoad.post(path, "application/json", gzip(head.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Bytes of a batch as it is sent. */
    int sentBytes() {
        return gzip(new byte[180]).length;
    }

    /** One member: the head in a stored block, then the events' blocks. */
    private byte[] gzip(byte[] head) {
        CRC32 crc = new CRC32();
        crc.update(head);
        crc.update(events);
        return ByteBuffer.allocate(GZIP_HEADER.length + 5 + head.length + deflated.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(GZIP_HEADER)
                .put((byte) 0)
                .putShort((short) head.length)
                .putShort((short) ~head.length)
                .put(head)
                .put(deflated)
                .putInt((int) crc.getValue())
                .putInt(head.length + events.length)
                .array();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] room = new byte[bytes.length + 1_000];
        int size = deflater.deflate(room);
        deflater.end();
        return Arrays.copyOf(room, size);
    }

    /** New pages for each run, or the store would answer that it has the batch already. */
    void nextRun() {
        pages.incrementAndGet();
    }

    private String pageId(int connection, long page) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(pages.get()) + hex.toHexDigits((page << 16) | connection);
    }
}
