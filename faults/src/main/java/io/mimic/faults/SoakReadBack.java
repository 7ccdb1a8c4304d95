package io.mimic.faults;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.archive.SeqRanges;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads recordings themselves back, as whoever watches them does, and counts the events of each batch. */
final class SoakReadBack {
    /** Of very many sessions every second one is read, or every third, and so on. */
    private static final int MOST = 2_000;

    private final DashboardClient client;
    private int read;
    private long batches;
    private long events;

    private SoakReadBack(DashboardClient client) {
        this.client = client;
    }

    /**
     * Compares what is read with what the catalog says is there.
     *
     * @param sessions by their ids, what each has of each page
     * @return what to print
     * @throws IOException when a recording cannot be read
     * @throws FaultException when a batch has not all of its events, or some of them twice, or there is an event that nobody sent
     */
    static String read(DashboardClient client, Map<String, Map<String, SeqRanges>> sessions) throws Exception {
        SoakReadBack back = new SoakReadBack(client);
        int step = (sessions.size() + MOST - 1) / MOST;
        int at = 0;
        for (Map.Entry<String, Map<String, SeqRanges>> session : sessions.entrySet()) {
            if (at++ % step == 0) {
                back.check(session.getKey(), session.getValue());
            }
        }
        return "recordings of " + back.read + " of " + sessions.size() + " sessions read back: " + back.events
                + " events, all of " + back.batches + " batches";
    }

    private void check(String session, Map<String, SeqRanges> pages) throws Exception {
        Map<String, Integer> found = count(session);
        for (Map.Entry<String, SeqRanges> page : pages.entrySet()) {
            for (SeqRanges.Range range : page.getValue().ranges()) {
                for (int seq = range.first(); seq <= range.last(); seq++) {
                    Integer count = found.remove(page.getKey() + ":" + seq);
                    if (count == null || count != Recorder.events(seq)) {
                        throw new FaultException("session " + session + " has " + (count == null ? 0 : count)
                                + " events of batch " + page.getKey() + ":" + seq + ", not " + Recorder.events(seq));
                    }
                    batches++;
                    events += count;
                }
            }
        }
        if (!found.isEmpty()) {
            throw new FaultException("session " + session + " has events of " + found + ", which its list has not");
        }
        read++;
    }

    /** How many events there are of each batch. */
    private Map<String, Integer> count(String session) throws IOException, InterruptedException {
        Map<String, Integer> found = new HashMap<>();
        for (Object event : JSON.std.listFrom(client.get("/sessions/" + session + "/events"))) {
            Object data = ((Map<?, ?>) event).get("data");
            found.merge(
                    String.valueOf(data instanceof Map<?, ?> members ? members.get("batch") : null), 1, Integer::sum);
        }
        return found;
    }
}
