package io.mimic.asset;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one answer of HTTP/1.1 after which the connection ends. Strict: what is odd is an {@link IOException}. Not thread-safe. */
final class HttpAnswer {
    private static final int MOST_HEAD = 32_768;

    private final InputStream in;
    private final long maxBytes;
    private final int status;
    private final Map<String, String> headers = new HashMap<>();
    private int head;

    HttpAnswer(InputStream in, long maxBytes) throws IOException {
        this.in = new BufferedInputStream(in, 8_192);
        this.maxBytes = maxBytes;
        int code = readHead();
        while (code >= 100 && code < 200) {
            headers.clear();
            code = readHead();
        }
        this.status = code;
    }

    int status() {
        return status;
    }

    /** @param name in lower case */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    byte[] body() throws IOException {
        Optional<String> coding = header("transfer-encoding");
        if (coding.isPresent()) {
            if (!coding.get().equalsIgnoreCase("chunked")) {
                throw new IOException("the transfer encoding is " + coding.get());
            }
            return chunks();
        }
        Optional<String> length = header("content-length");
        if (length.isEmpty()) {
            return toTheEnd();
        }
        return exactly(number(length.get(), 10));
    }

    private int readHead() throws IOException {
        String line = line();
        if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new IOException("this is no answer of HTTP/1.1");
        }
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header is malformed");
            }
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private byte[] exactly(long length) throws IOException {
        bound(length);
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the answer ends early");
        }
        return body;
    }

    private byte[] toTheEnd() throws IOException {
        byte[] body = in.readNBytes((int) maxBytes + 1);
        bound(body.length);
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            bound(size);
            bound(body.size() + size);
            body.writeBytes(exactly(size));
            if (!line().isEmpty()) {
                throw new IOException("a chunk is longer than it says");
            }
        }
        return body.toByteArray();
    }

    private long chunkSize() throws IOException {
        // each chunk's line may be as long as a head at most
        head = 0;
        return number(line().split(";", 2)[0].strip(), 16);
    }

    private void bound(long bytes) throws TooLargeException {
        if (bytes > maxBytes) {
            throw new TooLargeException(maxBytes);
        }
    }

    private static long number(String digits, int radix) throws IOException {
        if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("a length is malformed");
        }
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("a length is malformed", e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the answer ends early");
            }
            if (++head > MOST_HEAD) {
                throw new IOException("the headers are too long");
            }
            if (c == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            line.append((char) c);
        }
    }

    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long most) {
            super("it is larger than " + most + " bytes");
        }
    }
}
