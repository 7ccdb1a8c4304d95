package io.mimic.faults;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.FreePorts;
import io.mimic.archive.SeqRanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** One node that has its stores within it, with 192 MiB of heap, and a host's page beside it that is asked for all the time. */
final class SoakNode implements AutoCloseable {
    /** How long what is archived may be on its way into the list. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private static final Duration START = Duration.ofMinutes(2);

    private final NodeProcess process;
    private final HostWatch host;

    private SoakNode(NodeProcess process) {
        this.process = process;
        this.host = new HostWatch(process.address());
    }

    /**
     * Waits until the host's page is served.
     *
     * @param before as {@link NodeProcess} takes it
     */
    static SoakNode start(Path folder, Path data, Map<String, String> own, List<String> before) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("mimic.data-dir", data.toString());
        settings.put("mimic.project.id", Stage.PROJECT);
        settings.put("mimic.project.name", Stage.PROJECT_NAME);
        settings.put("mimic.project.password", Stage.PASSWORD);
        // each recorder says its own address, as behind a proxy
        settings.put("mimic.trusted-proxies", "127.0.0.0/8");
        settings.putAll(own);
        NodeProcess process = NodeProcess.start(
                1, FreePorts.next(), Files.createDirectories(folder), settings, 0, before, Java.classPath());
        boolean serves = false;
        try {
            Wait.until(
                    "the host serves (see " + process.log() + ")",
                    START,
                    () -> Stage.status(process.address() + "/") == 200);
            serves = true;
            return new SoakNode(process);
        } finally {
            if (!serves) {
                process.close();
            }
        }
    }

    SoakNode recording() throws Exception {
        Wait.until("the node records (see " + process.log() + ")", START, () -> Stage.recording(process));
        return this;
    }

    int port() {
        return process.port();
    }

    NodeProcess process() {
        return process;
    }

    String health() throws Exception {
        return Stage.health(process);
    }

    /** @throws FaultException when one request of the host's was not answered as it must be */
    String host() throws FaultException {
        host.check();
        return host.told();
    }

    /** What is in use after a full collection, at the quietest of ten moments in half a minute: an encoder at work takes some 10 MiB for a while. */
    long heapMiB() throws Exception {
        long least = process.heapBytes();
        for (int moment = 1; moment < 10; moment++) {
            Thread.sleep(3_000);
            least = Math.min(least, process.heapBytes());
        }
        return least >> 20;
    }

    /** What the process has of the machine's memory. */
    long residentMiB() throws IOException {
        Matcher kilobytes = Pattern.compile("VmRSS:\\s+(\\d+)")
                .matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        return kilobytes.find() ? Long.parseLong(kilobytes.group(1)) / 1024 : 0;
    }

    /**
     * Waits until every session has ended, holds what the catalog says is stored against what was acknowledged, and reads recordings back.
     *
     * @param acknowledged for each page how many batches, from 0
     * @return what to print
     * @throws FaultException when a batch is missing, or stored twice, or has not its events
     */
    String stored(Map<String, Integer> acknowledged, Duration patience) throws Exception {
        DashboardClient client = new DashboardClient(process.address());
        client.login(Stage.PROJECT_NAME, Stage.PASSWORD);
        Wait.until("every session has ended", patience, () -> !client.anyActive());
        long until = System.nanoTime() + SETTLED.toNanos();
        Stored found = Stored.read(client, acknowledged);
        // Of very many that begin at once not each is listed before it is archived: none may be active while some are
        // still to come
        while (found.lost > 0 && found.twice == 0 && System.nanoTime() - until < 0) {
            Thread.sleep(1_000);
            found = Stored.read(client, acknowledged);
        }
        if (found.batches == 0 || found.lost > 0 || found.twice > 0) {
            throw new FaultException(found.told());
        }
        return found.told() + "; " + SoakReadBack.read(client, found.sessions);
    }

    /** What the catalog says is stored. */
    private static final class Stored {
        private final Map<String, SeqRanges> pages = new HashMap<>();
        /** By the session's id, what it has of each page. */
        private final Map<String, Map<String, SeqRanges>> sessions = new LinkedHashMap<>();

        private int segments;
        private int twice;
        private long batches;
        private long lost;

        static Stored read(DashboardClient client, Map<String, Integer> acknowledged) throws Exception {
            Stored found = new Stored();
            for (Map<String, Object> item : client.sessions()) {
                String id = text(item, "id");
                found.add(id, JSON.std.mapFrom(client.get("/sessions/" + id)));
            }
            acknowledged.forEach((page, count) -> {
                found.batches += count;
                found.lost += found.lost(page, count);
            });
            return found;
        }

        String told() {
            return batches + " batches acknowledged, " + lost + " lost, " + twice + " twice, in " + sessions.size()
                    + " sessions and " + segments + " segments";
        }

        private void add(String id, Map<String, Object> session) {
            Map<String, SeqRanges> own = new HashMap<>();
            sessions.put(id, own);
            for (Object segment : list(session, "segments")) {
                segments++;
                for (Object page : list(segment, "pages")) {
                    SeqRanges all = pages.computeIfAbsent(text(page, "page"), key -> new SeqRanges());
                    for (SeqRanges.Range range :
                            SeqRanges.parse(text(page, "seqs")).ranges()) {
                        for (int seq = range.first(); seq <= range.last(); seq++) {
                            twice += all.contains(seq) ? 1 : 0;
                            all.add(seq);
                            own.computeIfAbsent(text(page, "page"), key -> new SeqRanges())
                                    .add(seq);
                        }
                    }
                }
            }
        }

        private long lost(String page, int acknowledged) {
            SeqRanges stored = pages.getOrDefault(page, new SeqRanges());
            return IntStream.range(0, acknowledged)
                    .filter(seq -> !stored.contains(seq))
                    .count();
        }
    }

    private static List<?> list(Object object, String name) {
        return (List<?>) Objects.requireNonNull(((Map<?, ?>) object).get(name), name);
    }

    private static String text(Object object, String name) {
        return String.valueOf(((Map<?, ?>) object).get(name));
    }

    @Override
    public void close() {
        host.close();
        process.close();
    }
}
