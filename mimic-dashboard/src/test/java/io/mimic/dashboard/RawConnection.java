package io.mimic.dashboard;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection after the other to a server, for requests that no client library sends. The bytes go as they are. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;

    private final int port;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    RawConnection(int port) {
        this.port = port;
    }

    /**
     * Sends one request, and reads its answer.
     *
     * @param bodiless the answer has a length, and no body
     */
    Answer send(byte[] request, boolean bodiless) throws IOException {
        if (!socket.isConnected() || socket.isClosed()) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        String head = head();
        String headers = head.toLowerCase(Locale.ROOT);
        byte[] body = bodiless ? new byte[0] : body(headers);
        if (headers.contains("\r\nconnection: close")
                || !headers.contains("\r\ncontent-length: ") && !chunked(headers)) {
            close();
        }
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, new String(body, StandardCharsets.UTF_8));
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) read());
        }
        return head.toString();
    }

    private byte[] body(String headers) throws IOException {
        if (headers.startsWith("http/1.1 204") || headers.startsWith("http/1.1 304")) {
            return new byte[0];
        }
        if (chunked(headers)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunk(); size > 0; size = chunk()) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        int length = headers.indexOf("\r\ncontent-length: ");
        return length < 0
                ? in.readAllBytes()
                : in.readNBytes(Integer.parseInt(headers.substring(length + 18, headers.indexOf("\r\n", length + 2))));
    }

    private static boolean chunked(String headers) {
        return headers.contains("\r\ntransfer-encoding: chunked");
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = read(); c != '\n'; c = read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private int read() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("The server closed the connection without a whole answer.");
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** @param head status line and headers */
    record Answer(int status, String head, String body) {}
}
