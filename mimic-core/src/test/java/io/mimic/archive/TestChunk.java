package io.mimic.archive;

import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.Marker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Builds a batch the way ingest would. */
public final class TestChunk {
    public static final String PAGE = "0123456789abcdef0123456789abcdef";
    public static final String OTHER_PAGE = "fedcba9876543210fedcba9876543210";

    private final String page;
    private final int seq;
    private final StringBuilder timeline = new StringBuilder();
    private final StringBuilder dom = new StringBuilder();
    private final List<Long> snapshots = new ArrayList<>();
    private final List<Marker> markers = new ArrayList<>();
    private final Set<Integer> statuses = new TreeSet<>();
    private String window = "window-1";
    private long skewMs;
    private long firstAt = Long.MAX_VALUE;
    private long lastAt = Long.MIN_VALUE;
    private int events;
    private int userEvents;
    private int errors;
    private final List<String> users = new ArrayList<>();
    private String url;

    private TestChunk(String page, int seq) {
        this.page = page;
        this.seq = seq;
        this.url = "https://shop.example/" + page.charAt(0);
    }

    public static TestChunk of(String page, int seq) {
        return new TestChunk(page, seq);
    }

    public TestChunk window(String id) {
        window = id;
        return this;
    }

    public TestChunk skew(long ms) {
        skewMs = ms;
        return this;
    }

    public TestChunk meta(long at) {
        return timeline(
                at,
                "{\"type\":4,\"data\":{\"href\":\"https://shop.example/\",\"width\":800,\"height\":600},\"timestamp\":"
                        + at + "}");
    }

    public TestChunk snapshot(long at, String text) {
        snapshots.add(at);
        return dom(at, "{\"type\":2,\"data\":{\"node\":{\"text\":\"" + text + "\"}},\"timestamp\":" + at + "}");
    }

    public TestChunk mutation(long at, String text) {
        return dom(at, "{\"type\":3,\"data\":{\"source\":0,\"text\":\"" + text + "\"},\"timestamp\":" + at + "}");
    }

    public TestChunk input(long at) {
        userEvents++;
        return dom(at, "{\"type\":3,\"data\":{\"source\":5,\"text\":\"*\",\"id\":7},\"timestamp\":" + at + "}");
    }

    public TestChunk plugin(long at, String name, String payload) {
        return timeline(
                at,
                "{\"type\":6,\"data\":{\"plugin\":\"" + name + "\",\"payload\":" + payload + "},\"timestamp\":" + at
                        + "}");
    }

    public TestChunk error(long at, String message) {
        errors++;
        markers.add(new Marker(at, "error", message));
        return plugin(
                at, "mimic/error@1", "{\"kind\":\"error\",\"name\":\"TypeError\",\"message\":\"" + message + "\"}");
    }

    public TestChunk request(long at, int status, long duration) {
        statuses.add(status);
        return plugin(
                at,
                "rrweb/network@1",
                "{\"requests\":[{\"name\":\"https://shop.example/cart\",\"method\":\"POST\",\"initiatorType\":\"fetch\",\"status\":"
                        + status + ",\"duration\":" + duration + ",\"id\":\"r1\"}]}");
    }

    public TestChunk url(String address) {
        url = address;
        return this;
    }

    /** Called again it identifies somebody else after them. */
    public TestChunk user(String name) {
        users.add(name);
        return this;
    }

    public TestChunk timeline(long at, String json) {
        timeline.append(at).append('\t').append(json).append('\n');
        return counted(at);
    }

    public TestChunk dom(long at, String json) {
        dom.append(at).append('\t').append(json).append('\n');
        return counted(at);
    }

    private TestChunk counted(long at) {
        events++;
        firstAt = Math.min(firstAt, at);
        lastAt = Math.max(lastAt, at);
        return this;
    }

    public Chunk build() {
        BatchSummary summary = new BatchSummary(
                events == 0 ? 0 : firstAt,
                events == 0 ? 0 : lastAt,
                events,
                userEvents,
                errors,
                0,
                0,
                0,
                statuses,
                snapshots,
                markers,
                url,
                "Shop",
                users.isEmpty() ? null : users.get(users.size() - 1),
                null,
                Set.of(),
                Set.copyOf(users));
        return new Chunk(
                window,
                page,
                seq,
                skewMs,
                summary,
                timeline.toString().getBytes(StandardCharsets.UTF_8),
                dom.toString().getBytes(StandardCharsets.UTF_8));
    }
}
