package io.mimic.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An attacker's address: notes whoever connects, whatever they say. */
final class Listener implements AutoCloseable {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket socket;
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    Listener() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::listen, "attackers-address");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                int place = arrived.size();
                arrived.add("a connection");
                connection.setSoTimeout(2_000);
                String line = new BufferedReader(
                                new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))
                        .readLine();
                arrived.set(place, "a connection: " + line);
                connection.getOutputStream().write(ANSWER);
            } catch (IOException e) {
                // a connection that broke has been counted, and a closed socket ends this
                continue;
            }
        }
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** The first line of each connection. */
    List<String> arrived() {
        return List.copyOf(arrived);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
