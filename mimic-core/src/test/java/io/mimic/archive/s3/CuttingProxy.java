package io.mimic.archive.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands connections on to a local port, and cuts some of them in the middle. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final AtomicInteger toCut = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long after;

    private CuttingProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static CuttingProxy to(int port) throws IOException {
        CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread accepting = new Thread(proxy::accept, "cutting-proxy");
        accepting.setDaemon(true);
        accepting.start();
        return proxy;
    }

    String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** From now on the next {@code count} streams that carry {@code bytes} in one direction are cut there. */
    void cutNext(int count, long bytes) {
        after = bytes;
        toCut.set(count);
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                pump(client, server);
                pump(server, client);
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to) {
        Thread pump = new Thread(
                () -> {
                    try (from;
                            to) {
                        copy(from, to);
                    } catch (IOException e) {
                        open.remove(from);
                    }
                },
                "cutting-proxy-pump");
        pump.setDaemon(true);
        pump.start();
    }

    private void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8192];
        long carried = 0;
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            out.write(bytes, 0, read);
            carried += read;
            if (after > 0 && carried >= after && toCut.get() > 0 && toCut.getAndDecrement() > 0) {
                cuts.incrementAndGet();
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
