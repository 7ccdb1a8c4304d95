package io.mimic.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.util.ServerInfo;

/** What figures were measured on, in a line. */
final class Machine {
    private Machine() {}

    /** @param command that repeats them */
    static String told(String command) {
        String date = LocalDate.now(Clock.system(ZoneOffset.UTC))
                .format(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH));
        return String.format(
                Locale.ROOT,
                "*%s, `%s`%s: %s, %d processors, load before %s; %s %s, Java %s, Tomcat %s.*",
                date,
                command,
                commit(),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                load(),
                System.getProperty("os.name"),
                System.getProperty("os.version").replaceFirst("-.*", ""),
                Runtime.version().feature() + "." + Runtime.version().interim() + "."
                        + Runtime.version().update(),
                ServerInfo.getServerNumber());
    }

    /** What the code was, or nothing where no git tells it. What is written into docs meanwhile is no other code. */
    private static String commit() {
        String commit = git("describe", "--always");
        if (commit.isEmpty()) {
            return "";
        }
        return " at " + commit
                + (git("status", "--porcelain", "--", ".", ":!docs").isEmpty() ? "" : " with changes");
    }

    private static String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String processor() {
        for (String line : lines(Path.of("/proc/cpuinfo")).split("\n", -1)) {
            if (line.startsWith("model name")) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return System.getProperty("os.arch");
    }

    private static String load() {
        String load = lines(Path.of("/proc/loadavg"));
        return load.isEmpty() ? "unknown" : load.substring(0, load.indexOf(' '));
    }

    private static String lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
