package io.mimic.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An outside host app on one Spring Boot, in a process of its own, with MIMIC among its jars or without. */
final class BootHost implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    private static final Path APPS = Demo.ROOT.resolve("e2e/outside");
    private static final Duration START = Duration.ofMinutes(5);

    private final ServerProcess process;
    private final String[] ports;

    private BootHost(ServerProcess process) {
        this.process = process;
        this.ports = ports(process);
    }

    private static String[] ports(ServerProcess process) {
        try {
            String ready = process.await(line -> line.startsWith("Ready: "), START);
            return ready.substring("Ready: ".length()).split(" ", 2);
        } catch (RuntimeException | Error e) {
            process.kill();
            throw e;
        }
    }

    static BootHost start(Hosting hosting, Path data) {
        return new BootHost(process(hosting, "with", data));
    }

    /** Both at once. */
    static List<BootHost> startWithAndWithout(Hosting hosting, Path data) {
        return both(process(hosting, "with", data), process(hosting, "without", data));
    }

    private static List<BootHost> both(ServerProcess with, ServerProcess without) {
        try {
            return List.of(new BootHost(with), new BootHost(without));
        } catch (RuntimeException | Error e) {
            with.kill();
            without.kill();
            throw e;
        }
    }

    /** The app that has pages and nothing else. */
    static BootHost startPlainWithout(String boot) {
        return new BootHost(plain(boot, "without", Path.of("unused")));
    }

    /** Both at once. */
    static List<BootHost> startPlainWithAndWithout(String boot, Path data) {
        return both(plain(boot, "with", data), plain(boot, "without", data));
    }

    private static ServerProcess plain(String boot, String mimic, Path data) {
        return process("boot-plain", "com.example.plain.PlainApplication", boot, List.of("server.port=0"), mimic, data);
    }

    private static ServerProcess process(Hosting hosting, String mimic, Path data) {
        return process(
                "boot-host", "com.example.host.HostApplication", hosting.boot(), hosting.settings(), mimic, data);
    }

    private static ServerProcess process(
            String app, String main, String boot, List<String> settings, String mimic, Path data) {
        Path build = APPS.resolve(app).resolve("target/boot-" + boot);
        List<String> command = new ArrayList<>(List.of(
                Jdk.newest().java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-cp",
                build.resolve("classes") + ":" + read(build.resolve(mimic + ".classpath")),
                main));
        settings.forEach(setting -> command.add("--" + setting));
        Map<String, String> environment = Map.of("MIMIC_DATA_DIR", data.toString(), "MIMIC_PROJECT_PASSWORD", PASSWORD);
        return ServerProcess.start(Demo.ROOT, environment, command);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("bin/lib/build-examples makes it", e);
        }
    }

    int port() {
        return Integer.parseInt(ports[0]);
    }

    int managementPort() {
        return Integer.parseInt(ports[1]);
    }

    List<String> printed() {
        return process.printed();
    }

    @Override
    public void close() {
        process.close();
    }
}
