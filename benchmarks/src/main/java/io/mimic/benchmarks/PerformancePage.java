package io.mimic.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docs/performance.md, whose tables stand between {@code <!-- bench:NAME -->} and {@code <!-- /bench:NAME -->}. Those that say
 * {@code <!-- bench:NAME full -->} are written by full runs alone; what is not run keeps what it says.
 */
final class PerformancePage {
    private final Path file;

    PerformancePage(Path file) {
        this.file = file;
    }

    /**
     * Puts what a benchmark has printed into its place.
     *
     * @return whether there is such a place, for runs of this kind
     */
    boolean write(String name, boolean full, String text) throws IOException {
        String page = Files.readString(file, StandardCharsets.UTF_8);
        Matcher place = place(page, name);
        if (!takes(place, full)) {
            return false;
        }
        Files.writeString(
                file,
                page.substring(0, place.end(1)) + text.strip() + "\n" + page.substring(place.start(3)),
                StandardCharsets.UTF_8);
        return true;
    }

    /** Whether {@link #write} would find a place for it; what belongs to the table is kept as it is when not. */
    boolean takes(String name, boolean full) throws IOException {
        return takes(place(Files.readString(file, StandardCharsets.UTF_8), name), full);
    }

    private static boolean takes(Matcher place, boolean full) {
        return place.find() && (place.group(2) == null || full);
    }

    private static Matcher place(String page, String name) {
        return Pattern.compile(
                        "(<!-- bench:" + Pattern.quote(name) + "( full)? -->\n).*?(<!-- /bench:" + Pattern.quote(name)
                                + " -->)",
                        Pattern.DOTALL)
                .matcher(page);
    }
}
