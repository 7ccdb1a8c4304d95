package io.mimic.benchmarks;

import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.jdbc.PostgresqlProcess;
import io.mimic.load.LoadTarget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reference of a node: a host in a JVM of its own that hands each batch to the bare store command and answers as a recorder expects it. */
final class BareNode implements AutoCloseable {
    private static final String READY = "port ";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<ProcessHandle> processes = new ArrayList<>();
    private String address = "";

    private BareNode() {}

    /**
     * @param buffer one of {@link io.mimic.load.LoadNode#BUFFERS}
     * @param heap of the JVM, such as {@code 512m}
     */
    static BareNode start(Path folder, String buffer, String heap) throws Exception {
        BareNode node = new BareNode();
        boolean ready = false;
        try {
            node.begin(folder, buffer, heap);
            ready = true;
            return node;
        } finally {
            if (!ready) {
                node.close();
            }
        }
    }

    private void begin(Path folder, String buffer, String heap) throws Exception {
        String store = folder.resolve("bare.db").toString();
        if (buffer.equals("postgresql")) {
            PostgresqlProcess server = keep(PostgresqlProcess.start("fsync=on"));
            processes.add(server.handle());
            store = server.url();
        } else if (buffer.equals("redis")) {
            RedisProcesses redis = keep(RedisProcesses.none());
            int port = redis.server();
            processes.add(redis.handle(port));
            store = RedisProcesses.node(port);
        }
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms" + heap,
                        "-Xmx" + heap,
                        "-XX:+UseG1GC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareNode.class.getName(),
                        Files.createDirectories(folder).toString(),
                        buffer,
                        store)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        keep(() -> host.destroyForcibly().waitFor());
        processes.add(host.toHandle());
        BufferedReader out = new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8));
        @Nullable String line = out.readLine();
        if (line == null || !line.startsWith(READY)) {
            throw new IOException("The bare host has not started.");
        }
        address = "http://127.0.0.1:" + line.substring(READY.length());
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    /** One whose dashboard answers nobody. */
    LoadTarget target() {
        return new LoadTarget(address, "bare", "bare", "");
    }

    /** The host's and its server's. */
    List<ProcessHandle> processes() {
        return processes;
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IOException("What the reference started could not be ended.", e);
            }
        }
    }

    /** @param arguments a folder, the kind of store, its file or address */
    public static void main(String[] arguments) throws Exception {
        BareStore store = switch (arguments[1]) {
            case "embedded" -> BareStore.sqlite(Path.of(arguments[2]));
            case "postgresql" -> BareStore.postgresql(arguments[2]);
            default -> BareStore.redis(arguments[2]);
        };
        System.out.println(READY + new BenchServer(Path.of(arguments[0]), new Answering(store), null).port());
        Thread.currentThread().join();
    }

    private static final class Answering extends BareServlet {
        private static final long serialVersionUID = 1L;

        Answering(BareStore store) {
            super(store, false);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            super.doPost(request, response);
            // visitors open a second window once they have a cookie
            response.setHeader("Set-Cookie", "bare=1");
            response.setContentType("application/json");
            response.getWriter().write("{}");
        }
    }
}
