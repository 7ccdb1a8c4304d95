package io.mimic.faults;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * One browser: some pages in one or two windows, a batch now and then, each sent again until it is acknowledged, as the recorder does. For one
 * thread.
 */
final class Visitor {
    private static final int PAGES = 2;
    private static final int BATCHES_A_PAGE = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LONGEST_REST_MS = 1_500;

    private final World world;
    private final Random random = new Random(ThreadLocalRandom.current().nextLong());
    private final String name = hex(8);
    private @Nullable String cookie;
    private boolean snapshotAsked;

    Visitor(World world) {
        this.world = world;
    }

    /** Until the visitor has seen enough, or leaves. */
    void visit() throws Exception {
        String[] windows =
                random.nextInt(3) == 0 ? new String[] {"w-" + hex(6), "w-" + hex(6)} : new String[] {"w-" + hex(6)};
        for (int i = 0; i < PAGES && !world.leaving(); i++) {
            read(windows);
        }
    }

    /** A page in each window, their batches in turn. */
    private void read(String... windows) throws Exception {
        String[] pages = new String[windows.length];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = hex(16);
        }
        boolean[] wantsSnapshot = new boolean[windows.length];
        for (int seq = 0; seq < BATCHES_A_PAGE && !world.leaving(); seq++) {
            for (int i = 0; i < windows.length; i++) {
                send(windows[i], Batch.of(pages[i], seq, seq == 0 || wantsSnapshot[i], world.now(), random));
                wantsSnapshot[i] = snapshotAsked;
            }
            Thread.sleep(80 + random.nextInt(80));
        }
    }

    private void send(String window, Batch batch) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 0; ; attempt++) {
            if (System.nanoTime() > end) {
                throw new FaultException("batch " + batch.seq() + " of page " + batch.page()
                        + " was not acknowledged within " + PATIENCE.toSeconds() + " s; repeats: "
                        + world.ledger().reasons());
            }
            if (attempt(window, batch)) {
                return;
            }
            int rest = Math.min(LONGEST_REST_MS, 100 << Math.min(attempt, 5));
            Thread.sleep(rest / 2 + random.nextInt(rest / 2));
        }
    }

    private boolean attempt(String window, Batch batch) throws Exception {
        HttpResponse<String> answer;
        world.requests().lock();
        try {
            answer = world.client().send(request(window, batch), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            world.ledger().repeated("no answer");
            cookie = world.forgetful() ? null : cookie;
            return false;
        } finally {
            world.requests().unlock();
        }
        int status = answer.statusCode();
        if (status == 202) {
            accept(batch, answer);
            return true;
        }
        if (status != 429 && status < 500) {
            // The recorder would give up: what was refused for good is lost.
            throw new FaultException("a batch was refused for good: " + status + " " + answer.body());
        }
        world.ledger().repeated(String.valueOf(status));
        return false;
    }

    private HttpRequest request(String window, Batch batch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(world.address() + "/mimic/ingest"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofByteArray(batch.body(Stage.PROJECT, window, world.now())));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return request.build();
    }

    private void accept(Batch batch, HttpResponse<String> answer) throws IOException {
        Map<String, Object> body = JSON.std.mapFrom(answer.body());
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
        snapshotAsked = Boolean.TRUE.equals(body.get("snapshot"));
        world.ledger()
                .acknowledged(
                        name,
                        new Acknowledged(String.valueOf(body.get("session")), batch.page(), batch.seq(), batch.hash()));
    }

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    /** What visitors share. */
    interface World {
        HttpClient client();

        String address();

        Ledger ledger();

        /** Asked before each batch; what was begun is still sent. */
        boolean leaving();

        /** Whether a repetition comes without the cookie, as when the answer that was lost would have brought it. */
        boolean forgetful();

        /** Every browser's time, ms since the epoch. */
        long now();

        /** Held while a request is on its way. */
        Lock requests();
    }
}
