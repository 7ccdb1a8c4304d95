package io.mimic.faults;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the soak's cases one after the other, and prints what was counted; ends with 0 only when each holds. */
final class Soak {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Soak() {}

    /** Folder for logs, how many recorders, seconds, and names of cases; none: all. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int recorders = Integer.parseInt(arguments[1]);
        SoakCases soak = new SoakCases(
                folder,
                recorders,
                Duration.ofSeconds(Long.parseLong(arguments[2])),
                line -> OUT.println("    " + line));
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("load", soak::load);
        cases.put("disk-full", soak::diskFull);
        cases.put("read-only", soak::readOnly);
        cases.put("clock-jumps", soak::clockJumps);
        cases.put("many-ends", soak::manyEnds);
        List<String> names = List.of(arguments).subList(3, arguments.length);
        for (String name : names) {
            if (!cases.containsKey(name)) {
                OUT.println("There is no case " + name + "; there are " + String.join(" ", cases.keySet()) + ".");
                System.exit(2);
            }
        }
        boolean all = true;
        for (Map.Entry<String, Case> one : cases.entrySet()) {
            if (names.isEmpty() || names.contains(one.getKey())) {
                all &= holds(one.getKey(), one.getValue(), folder);
            }
        }
        System.exit(all ? 0 : 1);
    }

    private static boolean holds(String name, Case soak, Path folder) throws Exception {
        long begun = System.nanoTime();
        boolean holds = true;
        try {
            soak.run();
            OUT.println(name + ": holds, " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
        } catch (Exception e) {
            holds = false;
            OUT.println(name + ": FAILED: " + (e instanceof FaultException ? e.getMessage() : e.toString()));
            OUT.println("    logs: " + folder.resolve(name));
            Files.createDirectories(folder);
            try (PrintStream trace =
                    new PrintStream(folder.resolve(name + "-failure.log").toFile(), StandardCharsets.UTF_8)) {
                e.printStackTrace(trace);
            }
        }
        return holds;
    }

    /** One of them; throws when it does not hold. */
    private interface Case {
        void run() throws Exception;
    }
}
