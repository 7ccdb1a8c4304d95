package io.mimic.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What one node is put through; each case tells what it has counted as soon as it has, and throws when it does not hold. */
final class SoakCases {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int ADDRESS_RATE = 20;
    private static final int FLOOD_THREADS = 8;
    /** More that the heap may have in use at the end than at a fifth of the time, both after a collection. */
    private static final long GROWTH_MIB = 24;

    private static final String UP = "{\"status\":\"UP\"";

    private final Path folder;
    private final int recorders;
    private final Duration time;
    private final Consumer<String> tell;

    SoakCases(Path folder, int recorders, Duration time, Consumer<String> tell) {
        this.folder = folder;
        this.recorders = recorders;
        this.time = time;
        this.tell = tell;
    }

    /** Everybody posts for the whole time; then one address sends ten times its rate beside them. */
    void load() throws Exception {
        Path place = folder.resolve("load");
        Map<String, String> settings = Map.of("mimic.ingest.rate.address", String.valueOf(ADDRESS_RATE));
        try (SoakNode node = SoakNode.start(place, place.resolve("data"), settings, List.of())
                        .recording();
                Recorders posting = new Recorders(node.port(), recorders, Duration.ofSeconds(5), 0).start()) {
            posting.more(recorders, LONG);
            pause(posting, time.dividedBy(5));
            long early = node.heapMiB();
            pause(posting, time.minus(time.dividedBy(5)));
            long late = node.heapMiB();
            long taken = posting.answered("202");
            String told = recorders + " recorders for " + time.toSeconds() + " s: answered " + posting.told() + ", "
                    + node.host() + "; heap in use after a collection " + early + " MiB at a fifth, " + late
                    + " MiB at the end of at most 192; resident " + node.residentMiB() + " MiB";
            if (late > early + GROWTH_MIB) {
                throw new FaultException("memory grows: " + told);
            }
            tell.accept(told);
            tell.accept(flood(node, posting));
            posting.stop();
            if (posting.answered("202") <= taken) {
                throw new FaultException("nobody else was taken during the flood");
            }
            tell.accept(node.stored(posting.acknowledged(), Duration.ofMinutes(20)));
        }
    }

    private static String flood(SoakNode node, Recorders posting) throws Exception {
        long refusedBefore = posting.answered("429");
        long otherBefore = others(posting);
        AtomicLong sent = new AtomicLong();
        AtomicLong taken = new AtomicLong();
        Set<String> wrong = ConcurrentHashMap.newKeySet();
        long begun = System.nanoTime();
        long end = begun + Duration.ofSeconds(20).toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < FLOOD_THREADS; i++) {
            Thread thread = new Thread(() -> flood(node.port(), end, sent, taken, wrong));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        posting.check();
        String told = "one address sent " + Math.round(sent.get() / seconds) + " batches a second where "
                + ADDRESS_RATE + " are allowed: " + taken + " of " + sent + " taken, the rest 429; the others' 429: "
                + (posting.answered("429") - refusedBefore) + ", other refusals: " + (others(posting) - otherBefore)
                + "; " + node.host();
        boolean affected = posting.answered("429") > refusedBefore || others(posting) > otherBefore;
        boolean enough = sent.get() / seconds >= 10 * ADDRESS_RATE;
        boolean bounded = taken.get() <= ADDRESS_RATE * (seconds + 11);
        if (affected || !enough || !bounded || !wrong.isEmpty()) {
            throw new FaultException(told + (wrong.isEmpty() ? "" : "; and it was answered " + wrong));
        }
        return told;
    }

    private static void flood(int port, long end, AtomicLong sent, AtomicLong taken, Set<String> wrong) {
        try {
            Recorder one = new Recorder(port, 0xFFFFFF, 0);
            while (System.nanoTime() < end) {
                one.send();
                String status = one.receive(0);
                sent.incrementAndGet();
                if (status.equals("202")) {
                    taken.incrementAndGet();
                } else if (!status.equals("429")) {
                    wrong.add(status);
                }
                one = one.next(); // one batch of a page of its own each: no session's rate, the address's alone
            }
            one.close();
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }

    private static long others(Recorders posting) {
        return posting.answered("503") + posting.answered("500") + posting.answered("none");
    }

    /** The data directory's disk is full, and has room again. */
    void diskFull() throws Exception {
        Path place = folder.resolve("disk-full");
        Path disk = Files.createDirectories(place.resolve("disk"));
        String mounted = "mount -t tmpfs -o size=64m tmpfs '" + disk + "' && dd if=/dev/zero of='" + disk
                + "/ballast' bs=1M count=44 status=none && exec \"$0\" \"$@\"";
        try (SoakNode node = SoakNode.start(place, disk.resolve("data"), Map.of(), within(mounted))
                        .recording();
                Recorders posting = new Recorders(node.port(), 40, Duration.ofMillis(200), 20_000).start()) {
            Wait.until("a batch is refused since the disk is full; answered " + posting.told(), LONG, () -> {
                posting.check();
                return posting.answered("503") >= 40;
            });
            String health = node.health();
            if (health.startsWith(UP)) {
                throw new FaultException("the disk is full, and health says: " + health);
            }
            String host = node.host();
            long before = posting.answered("202");
            Files.delete(Path.of("/proc/" + node.process().pid() + "/root" + disk + "/ballast"));
            posting.more(80, LONG);
            posting.stop();
            tell.accept("a disk of 64 MiB was full after " + before + " batches: " + posting.answered("503")
                    + " refused with 503, " + host + "; with room again it went on");
            tell.accept(node.stored(posting.acknowledged(), Duration.ofMinutes(5)));
        }
    }

    /** The data directory cannot be written when the host starts, and can be later. */
    void readOnly() throws Exception {
        Path place = folder.resolve("read-only");
        Path disk = Files.createDirectories(place.resolve("disk"));
        String mounted = "mount -t tmpfs -o ro,size=64m tmpfs '" + disk + "' && exec \"$0\" \"$@\"";
        try (SoakNode node = SoakNode.start(place, disk.resolve("data"), Map.of(), within(mounted))) {
            String health = node.health();
            Recorder recorder = new Recorder(node.port(), 1, 0);
            recorder.send();
            String status = recorder.receive(0);
            recorder.close();
            if (!status.equals("503") || health.startsWith(UP) || health.contains("\"recording\":{\"enabled\":true")) {
                throw new FaultException("without a place to write ingest answers " + status + ", health " + health);
            }
            String host = node.host();
            Process remount = new ProcessBuilder(
                            "nsenter",
                            "--user",
                            "--mount",
                            "--preserve-credentials",
                            "-t",
                            String.valueOf(node.process().pid()),
                            "mount",
                            "-o",
                            "remount,rw",
                            disk.toString())
                    .inheritIO()
                    .start();
            if (remount.waitFor() != 0) {
                throw new FaultException("the data directory could not be made writable again");
            }
            node.recording();
            tell.accept("with a data directory that cannot be written ingest answered " + status + " and " + host
                    + "; once it could be written, recording began");
        }
    }

    /** The node's clock jumps to and fro while visitors are recorded. */
    void clockJumps() throws Exception {
        Path place = folder.resolve("clock-jumps");
        try (SoakNode node = SoakNode.start(place, place.resolve("data"), Map.of(), List.of())
                        .recording();
                Recorders posting = new Recorders(node.port(), 40, Duration.ofMillis(500), 0).start()) {
            int jumps = 0;
            for (Duration offset : List.of(
                    Duration.ofHours(1),
                    Duration.ZERO,
                    Duration.ofHours(-1),
                    Duration.ofDays(2),
                    Duration.ofDays(-2),
                    Duration.ofSeconds(30),
                    Duration.ZERO)) {
                posting.more(200, LONG);
                node.process().clock(offset);
                jumps++;
            }
            posting.more(200, LONG);
            posting.stop();
            // later than any time that was: a session ends by the clock that it was seen by
            node.process().clock(Duration.ofDays(3));
            tell.accept("the clock jumped " + jumps + " times, by up to 4 days: answered " + posting.told() + ", "
                    + node.host());
            tell.accept(node.stored(posting.acknowledged(), Duration.ofMinutes(5)));
        }
    }

    /** Five times as many sessions as recorders end in the same second. */
    void manyEnds() throws Exception {
        Path place = folder.resolve("many-ends");
        int sessions = 5 * recorders;
        Map<String, String> settings = Map.of("mimic.session.timeout", "20m");
        try (SoakNode node = SoakNode.start(place, place.resolve("data"), settings, List.of())
                .recording()) {
            Recorders posting = new Recorders(node.port(), sessions, Duration.ofHours(1), 0);
            try (posting) {
                posting.start();
                Wait.until("all have begun, answered: " + posting.told(), Duration.ofMinutes(10), () -> {
                    posting.check();
                    return posting.answered("202") >= sessions;
                });
                posting.stop();
            }
            long begun = System.nanoTime();
            node.process().clock(Duration.ofHours(2));
            String stored = node.stored(posting.acknowledged(), Duration.ofMinutes(30));
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            tell.accept(
                    sessions + " sessions ended in the same second and were archived and read back within " + seconds
                            + " s, " + node.host() + "; heap in use after a collection " + node.heapMiB()
                            + " MiB, resident " + node.residentMiB() + " MiB");
            tell.accept(stored);
        }
    }

    /** A command that does something as root of namespaces of its own, and then is the node. */
    private static List<String> within(String script) {
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script);
    }

    private static void pause(Recorders posting, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            posting.check();
            Thread.sleep(200);
        }
    }
}
