package io.mimic.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts this JVM's like, and ends processes. */
final class Java {
    private Java() {}

    /** Of this JVM. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** A command to which properties and a main class are to be added. */
    static List<String> command(String... options) {
        return commandFrom(classPath(), options);
    }

    /** The same with classes from elsewhere. */
    static List<String> commandFrom(String classPath, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(classPath);
        return command;
    }

    /** Waits for a process's end, and kills it with what it has started when that does not come. */
    static void end(Process process, int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
