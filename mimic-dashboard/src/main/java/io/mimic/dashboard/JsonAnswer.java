package io.mimic.dashboard;

import io.mimic.servlet.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a JSON answer. Its first KB is held back, so that a failure before it still becomes a problem answer and a short answer goes out
 * plain with its length; what is longer streams, compressed when the client takes gzip.
 */
final class JsonAnswer extends OutputStream {
    private static final int HELD_BACK = 1024;

    private final Exchange exchange;
    private final byte[] held = new byte[HELD_BACK];
    private int heldLength;
    private @Nullable OutputStream stream;

    JsonAnswer(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (stream == null && heldLength + length <= HELD_BACK) {
            System.arraycopy(bytes, offset, held, heldLength, length);
            heldLength += length;
            return;
        }
        if (stream == null) {
            stream = exchange.stream(200, "application/json");
            stream.write(held, 0, heldLength);
        }
        stream.write(bytes, offset, length);
    }

    /** Passes on what streams already; the part held back stays. */
    @Override
    public void flush() throws IOException {
        if (stream != null) {
            stream.flush();
        }
    }

    /** Ends the answer. Call it only when all was written: without it a client sees that the answer was cut short. */
    void finish() throws IOException {
        if (stream == null) {
            exchange.response().addHeader("Vary", "Accept-Encoding");
            exchange.send(200, "application/json", Arrays.copyOf(held, heldLength));
        } else {
            stream.close();
        }
    }
}
