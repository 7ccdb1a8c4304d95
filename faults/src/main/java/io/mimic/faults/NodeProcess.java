package io.mimic.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One app node as the harness sees it: a process that can be killed, frozen, woken and started again on its port. */
public final class NodeProcess implements AutoCloseable {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Duration START = Duration.ofMinutes(2);

    private final int number;
    private final int port;
    private final Path folder;
    private final List<String> command;
    private Process process;

    private NodeProcess(int number, int port, Path folder, List<String> command) throws IOException {
        this.number = number;
        this.port = port;
        this.folder = folder;
        this.command = command;
        this.process = start();
    }

    /**
     * Starts it and returns at once.
     *
     * @param before a command that runs the node's as the same process, such as one that mounts what the node is to find; empty: none
     * @param classPath whose {@link AppNode} it runs
     * @param settings MIMIC's, by their keys
     * @param clockOffsetMs what its clock is off by
     */
    static NodeProcess start(
            int number,
            int port,
            Path folder,
            Map<String, String> settings,
            long clockOffsetMs,
            List<String> before,
            String classPath)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(Java.commandFrom(classPath, "-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        return begin(number, port, folder, settings, clockOffsetMs, command);
    }

    /**
     * Starts one that is to be measured, and waits until it records.
     *
     * @param settings MIMIC's, by their keys
     * @param options of its JVM
     */
    public static NodeProcess recording(int port, Path folder, Map<String, String> settings, String... options)
            throws Exception {
        NodeProcess node = begin(1, port, folder, settings, 0, Java.command(options));
        boolean records = false;
        try {
            Wait.until(node + " records (see " + node.log() + ")", START, () -> Stage.recording(node));
            records = true;
            return node;
        } finally {
            if (!records) {
                node.close();
            }
        }
    }

    private static NodeProcess begin(
            int number, int port, Path folder, Map<String, String> settings, long clockOffsetMs, List<String> command)
            throws IOException {
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-D" + AppNode.PORT + "=" + port);
        command.add("-D" + AppNode.FOLDER + "=" + folder);
        command.add("-D" + AppNode.CLOCK + "=" + clockOffsetMs);
        command.add("-Djava.io.tmpdir=" + folder);
        command.add("-Djava.util.logging.SimpleFormatter.format=%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
        command.add(AppNode.class.getName());
        return new NodeProcess(number, port, Files.createDirectories(folder), command);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public String toString() {
        return "node " + number + " (pid " + process.pid() + ")";
    }

    /** @return what the shell would say: 137 after signal 9 */
    int kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor();
    }

    void startAgain() throws IOException {
        process = start();
    }

    /** With classes from elsewhere: as the node of another version. */
    void startAgain(String classPath) throws IOException {
        command.set(command.indexOf("-cp") + 1, classPath);
        startAgain();
    }

    void freeze() throws Exception {
        signal("STOP");
        Wait.until(toString() + " stops", Duration.ofSeconds(10), () -> state().equals("T"));
    }

    void wake() throws Exception {
        signal("CONT");
    }

    /** The letter that Linux has for it: S sleeping, R running, T stopped. */
    String state() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    }

    private void signal(String name) throws Exception {
        int result = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (result != 0) {
            throw new IOException("kill -" + name + " " + process.pid() + " answered " + result);
        }
    }

    /** From now on its clock is off by so much. */
    void clock(Duration offset) throws IOException {
        process.getOutputStream().write((offset.toMillis() + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What is in use of its heap after a full collection. */
    public long heapBytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1)) * 1024;
        }
        return sum;
    }

    /** What the JVM answers, without what is said of classes. */
    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + command + " says: " + out);
        }
        int metaspace = out.indexOf("Metaspace");
        return metaspace < 0 ? out : out.substring(0, metaspace);
    }

    boolean logged(String text) throws IOException {
        return Files.readString(log(), StandardCharsets.UTF_8).contains(text);
    }

    public Path log() {
        return folder.resolveSibling("node-" + number + ".log");
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Java.end(process, 10);
    }
}
