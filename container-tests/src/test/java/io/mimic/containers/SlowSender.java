package io.mimic.containers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Sends batches one byte a second, one after the other. */
final class SlowSender implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;
    private static final String HEAD =
            "POST /host/mimic/ingest HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                    + "Sec-Fetch-Site: same-origin\r\nContent-Length: 100000\r\n\r\n";

    private final int port;
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "slow-sender");
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    private SlowSender(int port) {
        this.port = port;
    }

    static SlowSender start(int port) {
        SlowSender sender = new SlowSender(port);
        sender.thread.start();
        return sender;
    }

    /**
     * Waits until it has ended.
     *
     * @return what was answered, each up to the end of its JSON; empty where the connection ended first
     * @throws IOException when there was no answer
     */
    List<String> await() throws IOException, InterruptedException {
        thread.join();
        if (failure != null) {
            throw new IOException(failure);
        }
        return answers;
    }

    private void run() {
        try {
            while (!stopped) {
                answers.add(send());
            }
        } catch (IOException | InterruptedException e) {
            failure = e;
        }
    }

    private String send() throws IOException, InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getByName("localhost"), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
            for (int tenths = 0; isOpen(socket, tenths % 10 == 0); tenths++) {
                Thread.sleep(100);
            }
            // not to the end of the connection: Tomcat waits for the rest of what it was to get
            for (int c = socket.getInputStream().read();
                    c >= 0;
                    c = c == '}' ? -1 : socket.getInputStream().read()) {
                answer.write(c);
            }
        } catch (SocketException e) {
            // the server has ended it while a byte was on its way: what it had answered counts
            return answer.toString(StandardCharsets.UTF_8);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Whether there is no answer yet, and nothing has ended the connection. */
    private static boolean isOpen(Socket socket, boolean send) throws IOException {
        try {
            if (socket.getInputStream().available() > 0) {
                return false;
            }
            if (send) {
                socket.getOutputStream().write(' ');
            }
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** It begins no further batch. */
    @Override
    public void close() {
        stopped = true;
    }
}
