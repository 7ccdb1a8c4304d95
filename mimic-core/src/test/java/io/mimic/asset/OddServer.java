package io.mimic.asset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that answers what a test says, byte for byte, and notes every connection and request. */
final class OddServer implements AutoCloseable {
    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ServerSocket socket;

    OddServer() throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    private OddServer(ServerSocket socket) {
        this.socket = socket;
        Thread acceptor = new Thread(this::accept, "odd-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** With a certificate that it signed itself. */
    static OddServer onTls(Path folder) throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=shop.example",
                        "-ext",
                        "san=dns:shop.example")
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no certificate.");
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new OddServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return socket.getLocalPort();
    }

    InetAddress address() {
        return socket.getInetAddress();
    }

    void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    void answer(String path, String head, byte[] body) {
        answer(path, out -> {
            out.write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        });
    }

    void picture(String path) {
        picture(path, PNG);
    }

    void picture(String path, byte[] bytes) {
        answer(path, "HTTP/1.1 200 OK\nContent-Type: image/png\nContent-Length: " + bytes.length, bytes);
    }

    /** Lines of the first request for the path. */
    String request(String path) {
        return requests.stream()
                .filter(request -> request.startsWith("GET " + path + " "))
                .findFirst()
                .orElseThrow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> serve(connection), "odd-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            requests.add(head.toString());
            String path = head.toString().split(" ", 3)[1];
            Answer answer = answers.getOrDefault(
                    path,
                    out -> out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1)));
            answer.write(connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            // the client went away, as some tests want it to
            requests.add("broken: " + e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }
}
