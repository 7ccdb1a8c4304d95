package io.mimic.archive.s3;

import io.mimic.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands HTTP connections on to a local port, and does to some of them what networks do: refuses, slows, cuts, holds them. */
public final class CuttingProxy implements AutoCloseable {
    private static final int BLOCK = 8192;

    private final int port;
    private final int target;
    private final AtomicInteger toCut = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile Thread accepting;
    private volatile long after;
    private volatile Duration rest = Duration.ZERO;
    private volatile Gate gate = new Gate() {};

    private CuttingProxy(int target) throws IOException {
        this.target = target;
        this.port = listen(FreePorts.next());
    }

    public static CuttingProxy to(int port) throws IOException {
        return new CuttingProxy(port);
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** From now on the next {@code count} streams that carry {@code bytes} in one direction are cut there. */
    public void cutNext(int count, long bytes) {
        after = bytes;
        toCut.set(count);
    }

    /** How many were cut, also by a gate. */
    public int cuts() {
        return cuts.get();
    }

    /** From now on each block of 8 KiB, in either direction, waits for so long. */
    public void slow(Duration aBlock) {
        rest = aBlock;
    }

    /** From now on this is asked about each message. */
    public void gate(Gate asked) {
        gate = asked;
    }

    /** Cuts every connection, and refuses new ones until {@link #accept()}. */
    public synchronized void refuse() throws IOException {
        listener.close();
        try {
            accepting.join(); // until then the system goes on listening for it
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        cutAll();
    }

    public synchronized void accept() throws IOException {
        listen(port);
    }

    /** What happens to a message, told by its first line, such as {@code PUT /bucket/object HTTP/1.1}. May wait, which holds the message. */
    public interface Gate {
        /** @return false to cut the connection before anything of the request was handed on */
        default boolean request(String line) {
            return true;
        }

        /** The lines of a request that came with its first block. */
        default void head(List<String> lines) {}

        /** @return false to cut the connection before anything of the answer was handed on */
        default boolean answer(String requestLine, String line) {
            return true;
        }
    }

    private int listen(int on) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 200);
        listener = socket;
        accepting = new Thread(() -> accept(socket), "cutting-proxy");
        accepting.setDaemon(true);
        accepting.start();
        return socket.getLocalPort();
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                connect(from.accept());
            } catch (IOException e) {
                continue; // the listener was closed, or the target is away: the client sees its connection end
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(server);
            Conversation conversation = new Conversation();
            pump(client, server, conversation::request);
            pump(server, client, conversation::answer);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void pump(Socket from, Socket to, Line asked) {
        Thread pump = new Thread(
                () -> {
                    try (from;
                            to) {
                        copy(from, to, asked);
                    } catch (IOException e) {
                        cut(from, to); // one end is gone, so the other is cut too
                    } finally {
                        open.remove(from);
                        open.remove(to);
                    }
                },
                "cutting-proxy-pump");
        pump.setDaemon(true);
        pump.start();
    }

    private void copy(Socket from, Socket to, Line asked) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[BLOCK];
        long carried = 0;
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            if (!asked.passes(firstLine(bytes, read), bytes, read)) {
                cuts.incrementAndGet();
                cut(from, to);
                return;
            }
            pause();
            out.write(bytes, 0, read);
            carried += read;
            if (after > 0 && carried >= after && toCut.get() > 0 && toCut.getAndDecrement() > 0) {
                cuts.incrementAndGet();
                return;
            }
        }
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(rest.toMillis());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String firstLine(byte[] bytes, int length) {
        int end = 0;
        while (end < length && bytes[end] != '\r' && bytes[end] != '\n') {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static void cut(Socket... sockets) {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                continue; // it is closed already
            }
        }
    }

    private void cutAll() {
        cut(open.toArray(Socket[]::new));
        open.clear();
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        cutAll();
    }

    @FunctionalInterface
    private interface Line {
        boolean passes(String first, byte[] block, int length);
    }

    /** A request and its answer, one after the other; a block that begins no message belongs to the one before. */
    private final class Conversation {
        private volatile String requestLine = "";

        boolean request(String first, byte[] block, int length) {
            if (!first.endsWith(" HTTP/1.1")) {
                return true;
            }
            requestLine = first;
            gate.head(new String(block, 0, length, StandardCharsets.ISO_8859_1)
                    .split("\r\n\r\n", 2)[0]
                    .lines()
                    .toList());
            return gate.request(first);
        }

        boolean answer(String first, byte[] block, int length) {
            return !first.startsWith("HTTP/1.1 ") || gate.answer(requestLine, first);
        }
    }
}
