package io.mimic.load;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.faults.Acknowledged;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One batch on its way, sent again until it is acknowledged, as the recorder does. */
final class Post {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LONGEST_REST_MS = 10_000;

    private final VirtualVisitor visitor;
    private final VirtualWindow window;
    private final Body body;
    private final Load load;
    private long due;
    private long begun;
    private long rawBytes;
    private long sentBytes;
    private int attempts;

    Post(VirtualVisitor visitor, VirtualWindow window, Body body) {
        this.visitor = visitor;
        this.window = window;
        this.body = body;
        this.load = visitor.load();
    }

    /** @param dueAt by {@link System#nanoTime()} */
    void send(long dueAt) {
        due = dueAt;
        attempt();
    }

    private void attempt() {
        byte[] raw = body.bytes(System.currentTimeMillis());
        boolean gzip = load.plan().gzip() && Body.worthwhile(raw);
        byte[] sent = gzip ? Body.gzip(raw) : raw;
        rawBytes = raw.length;
        sentBytes = sent.length;
        HttpRequest.Builder request = HttpRequest.newBuilder(load.ingest())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .header("User-Agent", visitor.browser())
                .header("Accept-Language", "en")
                .header("X-Forwarded-For", visitor.address())
                .POST(BodyPublishers.ofByteArray(sent));
        if (gzip) {
            request.header("Content-Encoding", "gzip");
        }
        String cookie = visitor.cookie();
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        begun = System.nanoTime();
        var unused = load.client()
                .sendAsync(request.build(), BodyHandlers.ofByteArray())
                .whenComplete(this::answered);
    }

    private void answered(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        try {
            if (answer == null) {
                again("no answer", 0);
            } else if (answer.statusCode() == 202) {
                acknowledged(answer);
            } else if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
                again(
                        String.valueOf(answer.statusCode()),
                        answer.headers().firstValueAsLong("Retry-After").orElse(0));
            } else {
                load.traffic()
                        .failed("a batch was refused for good: " + answer.statusCode() + " "
                                + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException e) {
            load.traffic().failed("the load itself failed: " + e);
        }
    }

    private void again(String why, long seconds) {
        load.traffic().repeated(why);
        long rest = Math.min(LONGEST_REST_MS, 200L << Math.min(attempts++, 6));
        long ms = Math.max(
                TimeUnit.SECONDS.toMillis(seconds),
                rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2));
        load.at(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms), this::attempt);
    }

    private void acknowledged(HttpResponse<byte[]> answer) throws IOException {
        Map<String, Object> told = JSON.std.mapFrom(answer.body());
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> visitor.cookie(set.split(";", 2)[0]));
        load.traffic()
                .acknowledged(
                        visitor.name(),
                        new Acknowledged(String.valueOf(told.get("session")), body.page(), body.seq(), body.hash()),
                        rawBytes,
                        sentBytes,
                        due,
                        begun);
        window.acknowledged(Boolean.TRUE.equals(told.get("snapshot")));
        load.settled();
    }
}
