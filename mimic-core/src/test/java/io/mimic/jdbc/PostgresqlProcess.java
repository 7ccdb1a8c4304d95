package io.mimic.jdbc;

import io.mimic.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL that is started from the binaries of this machine, may be stopped and started again, and ends with the JVM at the latest. */
public final class PostgresqlProcess implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final List<String> command;
    private final Thread atExit = new Thread(this::remove);
    private Process process;

    private PostgresqlProcess(Path folder, Path bin, String... options) throws Exception {
        this.folder = folder;
        this.port = FreePorts.next();
        if (isRoot()) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        String data = folder.resolve("data").toString();
        String initdb = bin.resolve("initdb").toString();
        run(asServer(List.of(initdb, "-D", data, "-U", "mimic", "-A", "trust", "-N", "-E", "UTF8")));
        List<String> server = new ArrayList<>(List.of(
                bin.resolve("postgres").toString(),
                "-D",
                data,
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
        for (String option : options) {
            server.addAll(List.of("-c", option));
        }
        this.command = asServer(server);
    }

    /**
     * An empty one, which answers when this returns.
     *
     * @param options as postgresql.conf would have them, such as {@code fsync=on}; without it nothing is synced
     */
    public static PostgresqlProcess start(String... options) throws Exception {
        PostgresqlProcess server =
                new PostgresqlProcess(Files.createTempDirectory("mimic-postgresql"), binaries(), options);
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.again();
        return server;
    }

    /** Starts it after {@link #stop()}, on the same port and with the same data. */
    public synchronized void again() throws Exception {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        awaitAnswer();
    }

    /** Ends it as {@code pg_ctl stop -m immediate} does: every connection is cut, nothing is flushed. */
    public synchronized void stop() throws Exception {
        new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("PostgreSQL with the pid " + process.pid() + " does not stop");
        }
    }

    public synchronized ProcessHandle handle() {
        return process.toHandle();
    }

    public int port() {
        return port;
    }

    /** With the user, who needs no password. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=mimic";
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
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

    private void awaitAnswer() throws Exception {
        for (int i = 0; ; i++) {
            try {
                DriverManager.getConnection(url()).close();
                return;
            } catch (java.sql.SQLException e) {
                if (i > 900 || !process.isAlive()) {
                    throw new IllegalStateException("PostgreSQL does not answer", e);
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private synchronized void remove() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
