package io.mimic.jdbc;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL for tests: the one that {@code MIMIC_TEST_POSTGRESQL} names (a JDBC URL with user and password), else one that is
 * started from the binaries of this machine and stopped with the JVM.
 */
public final class PostgresqlServer {
    private static volatile PostgresqlServer shared;

    private final String url;

    private PostgresqlServer(String url) {
        this.url = url;
    }

    /** The one server of this JVM. */
    public static synchronized PostgresqlServer shared() throws Exception {
        if (shared == null) {
            String named = System.getenv("MIMIC_TEST_POSTGRESQL");
            shared = new PostgresqlServer(named == null ? started() : named);
        }
        return shared;
    }

    /** An empty schema of that name. */
    public PostgresqlSettings emptySchema(String schema) throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        }
        return new PostgresqlSettings(url, "", "", schema, 8, true);
    }

    public void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String started() throws Exception {
        Path bin = binaries();
        Path folder = Files.createTempDirectory("mimic-postgresql");
        int port = freePort();
        if (isRoot()) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        Path cluster = folder.resolve("data");
        run(asServer(List.of(
                bin.resolve("initdb").toString(),
                "-D",
                cluster.toString(),
                "-U",
                "mimic",
                "-A",
                "trust",
                "-N",
                "-E",
                "UTF8")));
        List<String> command = asServer(List.of(
                bin.resolve("postgres").toString(),
                "-D",
                cluster.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder,
                "-c",
                "timezone=Pacific/Chatham",
                "-c",
                "fsync=off"));
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(File.createTempFile("mimic-postgresql", ".log"))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=mimic";
        awaitAnswer(url, server);
        return url;
    }

    private static Path binaries() throws IOException {
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Path::compareTo)
                        .orElseThrow();
            }
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "No PostgreSQL here: install it (Debian: postgresql), or set MIMIC_TEST_POSTGRESQL to a JDBC URL."));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> asServer(List<String> command) {
        List<String> whole = new ArrayList<>(
                isRoot()
                        ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--")
                        : List.of());
        whole.addAll(command);
        return whole;
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + out);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitAnswer(String url, Process server) throws Exception {
        for (int i = 0; ; i++) {
            try {
                DriverManager.getConnection(url).close();
                return;
            } catch (java.sql.SQLException e) {
                if (i > 300 || !server.isAlive()) {
                    throw new IllegalStateException("PostgreSQL does not answer", e);
                }
                server.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void stop(Process server, Path folder) {
        server.destroy();
        try {
            if (!server.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            server.destroyForcibly();
        }
    }
}
