package io.mimic.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the cases that are named, or all, some at a time; ends with 0 only when each holds. */
final class Faults {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final Set<Stage> STAGES = ConcurrentHashMap.newKeySet();

    private Faults() {}

    /** Folder for logs, how many at a time, and names. */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        Map<String, FaultCase> cases = cases();
        List<String> names = List.of(arguments).subList(2, arguments.length);
        for (String name : names) {
            if (!cases.containsKey(name)) {
                OUT.println("There is no fault " + name + "; there are " + String.join(" ", cases.keySet()) + ".");
                System.exit(2);
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STAGES.forEach(Stage::close)));
        Path folder = Path.of(arguments[0]);
        ExecutorService lanes = Executors.newFixedThreadPool(Integer.parseInt(arguments[1]));
        List<Future<Boolean>> running = new ArrayList<>();
        for (FaultCase fault : cases.values()) {
            if (names.isEmpty() || names.contains(fault.name())) {
                running.add(lanes.submit(() -> holds(fault, folder.resolve(fault.name()))));
            }
        }
        boolean all = true;
        for (Future<Boolean> one : running) {
            all &= one.get();
        }
        lanes.shutdown();
        System.exit(all ? 0 : 1);
    }

    private static Map<String, FaultCase> cases() {
        Map<String, FaultCase> cases = new LinkedHashMap<>();
        for (List<FaultCase> some : List.of(
                PostgresqlFaults.CASES,
                NodeFaults.CASES,
                RedisFaults.CASES,
                S3Faults.CASES,
                List.of(OlderNodes.CASE))) {
            some.forEach(fault -> cases.put(fault.name(), fault));
        }
        return cases;
    }

    private static boolean holds(FaultCase fault, Path folder) throws IOException {
        long begun = System.nanoTime();
        List<String> lines = new ArrayList<>();
        boolean holds = false;
        Stage stage = null;
        try {
            stage = new Stage(folder);
            STAGES.add(stage);
            lines.addAll(new CaseRun(fault, stage).run());
            holds = true;
        } catch (Exception e) {
            lines.add(fault.name() + ": FAILED: " + (e instanceof FaultException ? e.getMessage() : e.toString()));
            lines.add("    logs: " + folder);
            Files.createDirectories(folder);
            try (PrintStream trace =
                    new PrintStream(folder.resolve("failure.log").toFile(), StandardCharsets.UTF_8)) {
                e.printStackTrace(trace);
            }
        } finally {
            if (stage != null) {
                stage.close();
                STAGES.remove(stage);
            }
        }
        lines.add("    " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
        synchronized (OUT) {
            lines.forEach(OUT::println);
        }
        return holds;
    }
}
