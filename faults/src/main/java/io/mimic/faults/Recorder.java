package io.mimic.faults;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One recorder on one plain connection, with as little client as can be, since thousands of them share the cores with the server. For one thread. */
final class Recorder {
    private static final int PATIENCE_MS = 60_000;
    private static final long AGAIN_NS = 1_000_000_000L;

    private final int port;
    private final String address;
    private final String padding;
    private final String page = UUID.randomUUID().toString().replace("-", "");
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();
    private String cookie = "";
    private final AtomicInteger acknowledged = new AtomicInteger();
    private long dueAt = System.nanoTime();

    Recorder(int port, int number, int padding) {
        this(
                port,
                "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255),
                incompressible(number, padding));
    }

    private Recorder(int port, String address, String padding) {
        this.port = port;
        this.address = address;
        this.padding = padding;
    }

    /** Fills a disk, which what can be compressed does not. */
    private static String incompressible(int number, int length) {
        byte[] random = new byte[length / 2];
        new Random(number).nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Another page of the same address, which takes over the connection. */
    Recorder next() {
        Recorder next = new Recorder(port, address, padding);
        next.socket = socket;
        next.in = in;
        socket = null;
        return next;
    }

    String page() {
        return page;
    }

    /** Batches 0 to this less one. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Of the batch with this number. */
    static int events(int seq) {
        return seq == 0 ? 6 : 4;
    }

    boolean due(long now) {
        return now - dueAt >= 0;
    }

    void send() throws IOException {
        byte[] body = body().getBytes(StandardCharsets.UTF_8);
        String head = "POST /mimic/ingest HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Sec-Fetch-Site: same-origin\r\nX-Forwarded-For: " + address + "\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "Content-Length: " + body.length
                + "\r\n\r\n";
        try {
            Socket open = open();
            open.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            open.getOutputStream().write(body);
            open.getOutputStream().flush();
        } catch (SocketException e) {
            // the server closed it meanwhile: receive() tells, and the batch is sent again
            close();
        }
    }

    private Socket open() throws IOException {
        Socket known = socket;
        if (known != null) {
            return known;
        }
        Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
        fresh.setSoTimeout(PATIENCE_MS);
        fresh.setTcpNoDelay(true);
        in = new BufferedInputStream(fresh.getInputStream(), 1024);
        socket = fresh;
        return fresh;
    }

    /** Reads the answer to what was sent. @return its status; "none" when there is none */
    String receive(long intervalNs) throws IOException {
        String status = socket == null ? "none" : answer();
        if (status.equals("202")) {
            acknowledged.incrementAndGet();
        }
        dueAt = System.nanoTime() + (status.equals("202") ? intervalNs : AGAIN_NS);
        return status;
    }

    private String answer() throws IOException {
        try {
            String line = line();
            int length = 0;
            boolean ends = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).trim());
                } else if (lower.startsWith("set-cookie:")) {
                    cookie = header.substring(11, header.indexOf(';')).trim();
                }
                ends |= lower.equals("connection: close");
            }
            in.skipNBytes(length);
            if (ends) {
                close();
            }
            return line.substring(9, 12);
        } catch (SocketException | SocketTimeoutException | EOFException e) {
            close();
            return "none";
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private String body() {
        int seq = acknowledged.get();
        long now = System.currentTimeMillis();
        StringBuilder body = new StringBuilder(1000 + padding.length());
        body.append("{\"v\":1,\"project\":\"" + Stage.PROJECT + "\",\"window\":\"w-" + page.substring(0, 12)
                + "\",\"page\":\"" + page + "\",\"seq\":" + seq + ",\"sentAt\":" + now + ",");
        if (seq == 0) {
            body.append("\"meta\":{\"url\":\"http://shop.example/" + page.substring(0, 6)
                    + "\",\"title\":\"Shop\",\"language\":\"en\",\"timeZone\":\"Europe/Berlin\"},");
        }
        // every event names its batch, so that whoever reads it back can count
        String mark = "\"batch\":\"" + page + ":" + seq + "\"";
        body.append("\"events\":[");
        if (seq == 0) {
            body.append("{\"type\":4,\"data\":{\"href\":\"http://shop.example/\",\"width\":1200,\"height\":800," + mark
                    + "},\"timestamp\":" + now
                    + "},{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":[],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0},"
                    + mark + "},\"timestamp\":" + now + "},");
        }
        for (int i = 0; i < 3; i++) {
            body.append("{\"type\":3,\"data\":{\"source\":1,\"positions\":[{\"x\":" + (seq * 7 + i) % 1200 + ",\"y\":"
                    + (seq * 11 + i) % 800 + ",\"id\":1,\"timeOffset\":0}]," + mark + "},\"timestamp\":" + (now + i)
                    + "},");
        }
        body.append("{\"type\":5,\"data\":{\"tag\":\"soak\",\"payload\":\"" + padding + "\"," + mark
                + "},\"timestamp\":" + (now + 4) + "}]}");
        return body.toString();
    }

    void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
