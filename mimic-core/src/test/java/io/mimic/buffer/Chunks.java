package io.mimic.buffer;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Batches for tests. */
public final class Chunks {
    private Chunks() {}

    public static String page() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    public static UUID freshId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    public static Chunk chunk(String page, int seq) {
        return chunk(page, seq, "{\"type\":3,\"n\":" + seq + "}");
    }

    public static Chunk chunk(String page, int seq, String dom) {
        return new Chunk(
                "window-1",
                page,
                seq,
                -17,
                summary(1_000 + seq),
                ("1\t{\"type\":4,\"seq\":" + seq + "}\n").getBytes(StandardCharsets.UTF_8),
                ("2\t" + dom + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public static Chunk sized(String page, int seq, int bytes) {
        return chunk(page, seq, "x".repeat(bytes));
    }

    public static BatchSummary summary(long at) {
        return new BatchSummary(
                at,
                at + 1,
                2,
                1,
                3,
                4,
                5,
                6,
                Set.of(200, 404),
                List.of(at),
                List.of(new Marker(at, "error", "It broke: \u00e4\u20ac \ud83d\ude00 \ud800")),
                "https://shop.example/p?x=1",
                "Shop",
                "ada",
                "{\"plan\":\"pro\"}",
                Set.of("checkout"),
                Set.of("bob", "ada"));
    }
}
