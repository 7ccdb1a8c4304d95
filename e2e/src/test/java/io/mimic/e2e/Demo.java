package io.mimic.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shop as README starts it: `bin/demo` with its own data directory, port and password. */
final class Demo implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration BUILD_AND_START = Duration.ofMinutes(8);

    private final ServerProcess process;
    final String shop;
    final String dashboard;
    final String project;
    final String password;

    private Demo(ServerProcess process) {
        this.process = process;
        this.shop = valueOf("Shop: ");
        this.dashboard = valueOf("Dashboard: ");
        String[] login = valueOf("Login: ").split(" / ", 2);
        this.project = login[0];
        this.password = login[1];
    }

    static Demo start(Path data, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PORT", String.valueOf(ServerProcess.freePort()));
        environment.put("MIMIC_DATA_DIR", data.toString());
        return new Demo(ServerProcess.start(ROOT, environment, List.of("bin/demo")));
    }

    private String valueOf(String label) {
        return process.await(line -> line.startsWith(label), BUILD_AND_START).substring(label.length());
    }

    List<String> printed() {
        return process.printed();
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
