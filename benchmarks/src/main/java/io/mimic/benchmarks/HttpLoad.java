package io.mimic.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Closed-loop HTTP/1.1 load on loopback with as little client as can be, since client and server share the cores: one plain socket a
 * connection, kept alive.
 */
final class HttpLoad {
    /** How its threads' names begin. */
    static final String THREAD_NAME = "load-";

    private static final long LONGEST_FILL_MS = 300_000;

    private final int port;
    private final int connections;

    HttpLoad(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** Writes the whole request (head and body) of one connection's next turn. */
    interface Requests {
        byte[] next(int connection, long turn);
    }

    /**
     * @param perSecond answered requests a second
     * @param latency ns
     * @param loadCpuNs processor time of the load's own threads
     */
    record Result(double perSecond, Histogram latency, long loadCpuNs) {}

    private record Connection(Histogram latency, long cpuNs) {}

    /** Sends for {@code millis}; every answer must have the status that is expected, else the run fails. */
    Result run(long millis, int expectedStatus, Requests requests) {
        return run(millis, Long.MAX_VALUE, expectedStatus, requests);
    }

    /** Sends at least so many. */
    void fill(long count, int expectedStatus, Requests requests) {
        run(LONGEST_FILL_MS, -Math.floorDiv(-count, connections), expectedStatus, requests);
    }

    private Result run(long millis, long turns, int expectedStatus, Requests requests) {
        ExecutorService threads = Executors.newFixedThreadPool(connections, run -> new Thread(run, THREAD_NAME + port));
        try {
            long begun = System.nanoTime();
            long end = begun + TimeUnit.MILLISECONDS.toNanos(millis);
            List<Future<Connection>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int connection = i;
                running.add(threads.submit(() -> connection(connection, end, turns, expectedStatus, requests)));
            }
            Histogram all = new Histogram(3);
            long cpuNs = 0;
            for (Future<Connection> one : running) {
                all.add(one.get().latency());
                cpuNs += one.get().cpuNs();
            }
            return new Result(all.getTotalCount() * 1e9 / (System.nanoTime() - begun), all, cpuNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A connection failed.", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Connection connection(int connection, long end, long turns, int expectedStatus, Requests requests)
            throws IOException {
        Histogram latency = new Histogram(3);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpuBefore = threads.getCurrentThreadCpuTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024)) {
            socket.setTcpNoDelay(true);
            for (long turn = 0; turn < turns && System.nanoTime() < end; turn++) {
                byte[] request = requests.next(connection, turn);
                long sent = System.nanoTime();
                out.write(request);
                out.flush();
                int status = readAnswer(in);
                latency.recordValue(System.nanoTime() - sent);
                if (status != expectedStatus) {
                    throw new IOException("Answered " + status + ", expected " + expectedStatus + ".");
                }
            }
        }
        return new Connection(latency, threads.getCurrentThreadCpuTime() - cpuBefore);
    }

    private static int readAnswer(InputStream in) throws IOException {
        String statusLine = line(in);
        int status = Integer.parseInt(statusLine.substring(9, 12));
        long length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).trim());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        if (chunked) {
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                in.skipNBytes(size);
                line(in);
            }
            line(in);
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The server closed the connection.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** A POST with its body. */
    static byte[] post(String path, String contentType, byte[] body) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** A GET. */
    static byte[] get(String path) {
        return get(path, "");
    }

    /** @param headers each ended by CR and LF */
    static byte[] get(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
