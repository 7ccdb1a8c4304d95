package io.mimic.load;

import io.mimic.faults.Found;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** {@code bin/load}: what it is to do comes from {@code LOAD_…} in the environment. Ends with 0 only when everything was read back. */
public final class LoadCommand {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private LoadCommand() {}

    /** @param arguments a folder for what it starts itself */
    public static void main(String[] arguments) throws Exception {
        try {
            LoadPlan plan = plan();
            List<Recording> recordings = Recording.all();
            String url = word("LOAD_URL", "");
            Duration patience = seconds("LOAD_READING", 600);
            LoadReport report = url.isEmpty()
                    ? own(plan, recordings, patience, Path.of(arguments[0]))
                    : Load.run(plan, target(url), recordings, patience);
            print(report);
            System.exit(report.readBack().whole() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            OUT.println(e.getMessage());
            System.exit(2);
        } catch (java.io.IOException e) {
            OUT.println("FAILED: " + e.getMessage());
            System.exit(1);
        }
    }

    private static LoadReport own(LoadPlan plan, List<Recording> recordings, Duration patience, Path folder)
            throws Exception {
        try (LoadNode node =
                LoadNode.start(folder, word("LOAD_BUFFER", "embedded"), Map.of(), word("LOAD_HEAP", "1g"))) {
            Duration before = node.cpu();
            long begun = System.nanoTime();
            LoadReport report = Load.run(plan, node.target(), recordings, patience);
            OUT.printf(
                    Locale.ROOT,
                    "node: %.1f s of processor in %.0f s, with archiving and reading back%n",
                    node.cpu().minus(before).toMillis() / 1e3,
                    (System.nanoTime() - begun) / 1e9);
            return report;
        }
    }

    private static void print(LoadReport report) {
        OUT.printf(
                Locale.ROOT,
                "%,d visits, %,d second windows, %,d pages, %,d batches acknowledged in %.1f s: %,.1f batches/s, %.2f MB/s, %.2f MB/s as sent; sent again: %s%n",
                report.visits(),
                report.secondWindows(),
                report.pages(),
                report.batches(),
                report.seconds(),
                report.batches() / report.seconds(),
                report.rawBytes() / 1e6 / report.seconds(),
                report.sentBytes() / 1e6 / report.seconds(),
                report.repeats());
        line("from when a batch was due to its answer", report.response());
        line("from when it was sent to its answer", report.service());
        Found found = report.readBack();
        OUT.println("read back: " + found.told() + ", wrong " + found.wrong() + ", in " + found.sessions()
                + " sessions; visitors in more than one: "
                + report.torn());
    }

    private static void line(String what, Histogram ns) {
        OUT.printf(
                Locale.ROOT,
                "%s, ms: p50 %.1f, p99 %.1f, p99.9 %.1f, longest %.1f%n",
                what,
                ns.getValueAtPercentile(50) / 1e6,
                ns.getValueAtPercentile(99) / 1e6,
                ns.getValueAtPercentile(99.9) / 1e6,
                ns.getMaxValue() / 1e6);
    }

    private static LoadTarget target(String url) {
        return new LoadTarget(
                url.replaceAll("/+$", ""),
                needed("LOAD_PROJECT"),
                word("LOAD_PROJECT_NAME", "default"),
                needed("LOAD_PASSWORD"));
    }

    private static LoadPlan plan() {
        String loop = word("LOAD_LOOP", "open");
        if (!loop.equals("open") && !loop.equals("closed")) {
            throw new IllegalArgumentException("LOAD_LOOP is \"" + loop + "\"; it must be open or closed.");
        }
        return new LoadPlan(
                (int) number("LOAD_VISITORS", 200),
                seconds("LOAD_SECONDS", 60),
                number("LOAD_SPEED", 1),
                seconds("LOAD_VISIT", 0),
                loop.equals("closed"),
                seconds("LOAD_THINK", 2),
                seconds("LOAD_INTERVAL", 5),
                number("LOAD_WINDOWS", 0.2),
                Boolean.parseBoolean(word("LOAD_GZIP", "true")));
    }

    private static String needed(String name) {
        String value = word(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " must be set when LOAD_URL is.");
        }
        return value;
    }

    private static Duration seconds(String name, double otherwise) {
        return Duration.ofMillis(Math.round(number(name, otherwise) * 1_000));
    }

    private static double number(String name, double otherwise) {
        String value = word(name, String.valueOf(otherwise));
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is \"" + value + "\"; it must be a number.", e);
        }
    }

    private static String word(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
