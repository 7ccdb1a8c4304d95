package io.mimic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that tests stop and start again: below those that the system gives to outgoing connections, one of which could
 * else have taken the port meanwhile.
 */
public final class FreePorts {
    private static final int FROM = 15_000;
    private static final int TO = 32_000;

    private FreePorts() {}

    /** One that nobody listens on. */
    public static int next() throws IOException {
        IOException last = new IOException("no port was tried");
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
