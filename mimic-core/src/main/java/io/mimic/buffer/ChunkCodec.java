package io.mimic.buffer;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.mimic.json.Jackson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * How a chunk lies in a store: one byte that tells the form, then a JSON header and both parts, each with its length before it, deflated
 * together; or, where the batch can be kept as it was sent, the header, where its events lie, and the sender's own gzip. Every buffer writes this, so a
 * chunk can be read by any node. Thread-safe.
 */
public final class ChunkCodec {
    private static final int PLAIN = 1;
    private static final int DEFLATED = 2;
    private static final int SENT = 3;
    private static final int WORTH_DEFLATING = 512;
    private static final ChunkHeader HEADER = new ChunkHeader(Jackson.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(64 << 20).build())
            .build());

    private ChunkCodec() {}

    public static byte[] encode(Chunk chunk) {
        SentBatch sent = chunk.sent();
        int size =
                sent == null ? (int) Math.min(chunk.rawBytes() / 4, 1 << 24) : sent.gzip().length + sent.cuts().length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 + size);
        try {
            if (sent != null) {
                out.write(SENT);
                write(chunk, sent, new DataOutputStream(out));
            } else if (chunk.rawBytes() < WORTH_DEFLATING) {
                out.write(PLAIN);
                write(chunk, new DataOutputStream(out));
            } else {
                out.write(DEFLATED);
                deflate(chunk, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void deflate(Chunk chunk, ByteArrayOutputStream out) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream deflated = new DataOutputStream(new DeflaterOutputStream(out, deflater, 8192))) {
            write(chunk, deflated);
        } finally {
            deflater.end();
        }
    }

    private static void write(Chunk chunk, DataOutputStream out) throws IOException {
        byte[] header = HEADER.write(chunk);
        out.writeInt(header.length);
        out.write(header);
        out.writeInt(chunk.timeline().length);
        out.write(chunk.timeline());
        out.writeInt(chunk.dom().length);
        out.write(chunk.dom());
        out.flush();
    }

    private static void write(Chunk chunk, SentBatch sent, DataOutputStream out) throws IOException {
        byte[] header = HEADER.write(chunk);
        out.writeInt(header.length);
        out.write(header);
        out.writeInt(sent.cuts().length);
        out.write(sent.cuts());
        out.write(sent.gzip());
        out.flush();
    }

    /** @throws IllegalArgumentException when the bytes are no chunk: the store's content is damaged */
    public static Chunk decode(byte[] body) {
        int form = body.length == 0 ? 0 : body[0];
        if (form != PLAIN && form != DEFLATED && form != SENT) {
            throw new IllegalArgumentException("a chunk of unknown form");
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(body, 1, body.length - 1);
        try (DataInputStream in = new DataInputStream(form == DEFLATED ? new InflaterInputStream(rest) : rest)) {
            byte[] header = part(in);
            if (form == SENT) {
                byte[] cuts = part(in);
                byte[][] parts = new SentForm(new SentBatch(in.readAllBytes(), cuts)).parts();
                return HEADER.read(header, parts[0], parts[1]);
            }
            return HEADER.read(header, part(in), part(in));
        } catch (IOException e) {
            throw new IllegalArgumentException("a damaged chunk", e);
        }
    }

    private static byte[] part(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("a part of " + length + " bytes ends after " + bytes.length);
        }
        return bytes;
    }
}
