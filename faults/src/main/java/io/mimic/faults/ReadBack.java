package io.mimic.faults;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.archive.SeqRanges;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Reads every session back through the dashboard's API and holds it against the ledger, again and again until nothing is missing and nothing is
 * active, or its patience is over. As a process of its own it prints one {@link Found}.
 */
public final class ReadBack {
    private static final long PAUSE_MS = 500;
    private static final int TOLD = 3;

    private final DashboardClient client;
    private final List<Acknowledged> ledger;
    private final Map<String, Stored> batches = new HashMap<>();
    private final Map<String, SeqRanges> gaps = new HashMap<>();
    private final List<Acknowledged> wrong = new ArrayList<>();
    private int gapMarkers;
    private int active;
    private int sessions;
    private int segments;

    private ReadBack(DashboardClient client, List<Acknowledged> ledger) {
        this.client = client;
        this.ledger = ledger;
    }

    /** Address, project, password, ledger, patience in seconds, whether losses are expected. */
    public static void main(String[] arguments) throws Exception {
        List<Acknowledged> ledger = Files.readAllLines(Path.of(arguments[3])).stream()
                .map(Acknowledged::parse)
                .toList();
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .println(await(
                                arguments[0],
                                arguments[1],
                                arguments[2],
                                ledger,
                                Duration.ofSeconds(Long.parseLong(arguments[4])),
                                Boolean.parseBoolean(arguments[5]))
                        .line());
    }

    /**
     * Waits until every session has ended and everything is found, or what is not there is told as a gap.
     *
     * @param address of the host
     * @param project its name
     * @param losses whether they are expected
     * @return what was found at last
     * @throws IOException when nothing can be read after all the patience
     */
    public static Found await(
            String address,
            String project,
            String password,
            List<Acknowledged> ledger,
            Duration patience,
            boolean losses)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean last = System.nanoTime() > end;
            try {
                DashboardClient client = new DashboardClient(address);
                client.login(project, password);
                if (last || !client.anyActive()) {
                    ReadBack back = new ReadBack(client, ledger);
                    Found found = back.read();
                    if (losses ? found.settled() : found.whole()) {
                        return found;
                    }
                    if (last) {
                        back.tellWrong();
                        return found;
                    }
                }
            } catch (IOException e) {
                if (last) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private Found read() throws IOException, InterruptedException {
        for (Map<String, Object> item : client.sessions()) {
            sessions++;
            active += "active".equals(item.get("state")) ? 1 : 0;
            session(String.valueOf(item.get("id")));
        }
        int stored = 0;
        int lost = 0;
        int shown = 0;
        for (Acknowledged batch : ledger) {
            Stored found = batches.get(batch.batch());
            if (found == null || found.nowhere()) {
                lost++;
                SeqRanges holes = gaps.get(batch.page());
                shown += holes != null && holes.contains(batch.seq()) ? 1 : 0;
            } else if (found.is(batch)) {
                stored++;
            } else {
                wrong.add(batch);
            }
        }
        int doubled = (int) batches.values().stream().filter(Stored::doubled).count();
        return new Found(
                ledger.size(),
                stored,
                lost,
                doubled,
                ledger.size() - stored - lost,
                shown,
                gapMarkers,
                active,
                sessions,
                segments);
    }

    /** For whoever looks for the cause: the first of them, with what is there in their place. */
    private void tellWrong() throws IOException, InterruptedException {
        for (Acknowledged batch : wrong.subList(0, Math.min(TOLD, wrong.size()))) {
            Stored found = stored(batch.batch());
            System.err.println("Not as it was sent: " + batch.line() + "; it is in the segments of " + found.segments
                    + ", its events in " + found.sessions + (found.repeated ? ", some of them twice" : ""));
            for (String session : found.sessions) {
                events(client.get("/sessions/" + session + "/events"), (name, event) -> {
                    if (name.equals(batch.batch())) {
                        System.err.println("  " + new String(event, StandardCharsets.UTF_8));
                    }
                });
            }
        }
    }

    private void session(String id) throws IOException, InterruptedException {
        Map<String, Object> session = JSON.std.mapFrom(client.get("/sessions/" + id));
        for (Object segment : list(session, "segments")) {
            segments++;
            for (Object page : list(segment, "pages")) {
                SeqRanges.parse(text(page, "seqs")).ranges().forEach(range -> {
                    for (int seq = range.first(); seq <= range.last(); seq++) {
                        stored(text(page, "page") + ":" + seq).segments.add(id);
                    }
                });
            }
        }
        boolean holed = false;
        for (Object page : list(session, "pages")) {
            for (Object gap : list(page, "gaps")) {
                holed = true;
                SeqRanges holes = gaps.computeIfAbsent(text(page, "id"), key -> new SeqRanges());
                int last = Integer.parseInt(text(gap, "toSeq"));
                for (int seq = Integer.parseInt(text(gap, "fromSeq")); seq <= last; seq++) {
                    holes.add(seq);
                }
            }
        }
        if (holed) {
            Map<String, Object> timeline = JSON.std.mapFrom(client.get("/sessions/" + id + "/timeline"));
            gapMarkers += (int) list(timeline, "gaps").stream()
                    .filter(gap -> text(gap, "reason").equals("lost"))
                    .count();
        }
        events(
                client.get("/sessions/" + id + "/events"),
                (batch, event) -> stored(batch).event(id, event));
    }

    /** Shows each event's batch and its own bytes, so that a change of one of them would be seen. */
    private static void events(byte[] json, BiConsumer<String, byte[]> visitor) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                byte[] event = Arrays.copyOfRange(
                        json, from, (int) parser.currentLocation().getByteOffset());
                Object data = JSON.std.mapFrom(event).get("data");
                Object batch = data instanceof Map<?, ?> members ? members.get("batch") : null;
                if (batch == null) {
                    throw new IOException("An event that nobody sent: " + new String(event, StandardCharsets.UTF_8));
                }
                visitor.accept(String.valueOf(batch), event);
            }
        }
    }

    private Stored stored(String batch) {
        return batches.computeIfAbsent(batch, key -> new Stored());
    }

    private static List<?> list(Object object, String name) {
        return (List<?>) Objects.requireNonNull(((Map<?, ?>) object).get(name), name);
    }

    private static String text(Object object, String name) {
        return String.valueOf(((Map<?, ?>) object).get(name));
    }

    /** What there is of one batch. Not the events themselves: of many sessions they do not fit into memory. */
    private static final class Stored {
        private final List<String> segments = new ArrayList<>();
        private final Set<String> sessions = new LinkedHashSet<>();
        private final Set<UUID> events = new HashSet<>();
        private final MessageDigest digest = Batch.sha256();
        private boolean repeated;

        void event(String session, byte[] event) {
            sessions.add(session);
            if (events.add(UUID.nameUUIDFromBytes(event))) {
                digest.update(event);
            } else {
                repeated = true;
            }
        }

        boolean nowhere() {
            return segments.isEmpty() && events.isEmpty();
        }

        boolean doubled() {
            return segments.size() > 1 || sessions.size() > 1 || repeated;
        }

        /** To be asked once: it ends the digest. */
        boolean is(Acknowledged batch) {
            return segments.equals(List.of(batch.session()))
                    && (events.isEmpty() || sessions.equals(Set.of(batch.session())))
                    && !repeated
                    && HexFormat.of().formatHex(digest.digest()).equals(batch.hash());
        }
    }
}
