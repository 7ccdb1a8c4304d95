package io.mimic.buffer.redis;

import io.mimic.buffer.Append;
import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkCodec;
import io.mimic.buffer.SentBatch;
import io.mimic.buffer.SessionBounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/**
 * Appends a second through the Redis buffer, against a bare jedis loop that sends the same commands: the same script with the same keys and
 * arguments. In this package, since those are nobody else's business.
 */
public final class RedisAppendBenchmark {
    private static final int THREADS = 8;
    private static final int BATCHES_A_PAGE = 12; // a minute of a visitor
    private static final long AT = 1_795_560_043_000L;
    private static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));

    private final String node;
    private final int batchBytes;
    private final long roundMillis;
    private final AtomicLong pages = new AtomicLong();
    private final List<Chunk> chunks;

    /** @param node of a Redis that is emptied */
    public RedisAppendBenchmark(String node, int batchBytes, long roundMillis) {
        this.node = node;
        this.batchBytes = batchBytes;
        this.chunks = IntStream.range(0, BATCHES_A_PAGE)
                .mapToObj(seq -> made(seq, batchBytes))
                .toList();
        this.roundMillis = roundMillis;
    }

    /** Batches a second through the buffer. */
    public double throughBuffer() {
        try (RedisSessionBuffer buffer = RedisSessionBuffer.open(RedisSettings.standalone(node, "bench:"), BOUNDS)) {
            return load((page, seq, session) ->
                    buffer.append(new Append("benchmark", chunk(page, seq), null, session, null)));
        } finally {
            empty();
        }
    }

    /** The same commands a second, sent by nothing but jedis: what binds a new page, and what stores a batch. */
    public double bareLoop() {
        RedisKeys keys = new RedisKeys("bench:");
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(THREADS);
        pool.setMaxIdle(THREADS);
        pool.setJmxEnabled(false);
        try (RedisClient jedis = RedisClient.builder()
                .hostAndPort(redis.clients.jedis.HostAndPort.from(node))
                .poolConfig(pool)
                .build()) {
            jedis.scriptLoad(new String(RedisScript.BIND.source(), StandardCharsets.UTF_8));
            jedis.scriptLoad(new String(RedisScript.APPEND.source(), StandardCharsets.UTF_8));
            byte[] value = SessionFields.value(batchBytes, ChunkCodec.encode(chunk(page(), 1)));
            return load((page, seq, session) -> {
                if (seq == 0) {
                    jedis.evalsha(RedisScript.BIND.sha(), List.of(keys.page("benchmark", page)), bind(session));
                }
                jedis.evalsha(RedisScript.APPEND.sha(), keys(keys, session), append(page, seq, session, value));
            });
        } finally {
            empty();
        }
    }

    /** A line about what an active session takes in Redis, after a minute of batches. */
    public String bytesPerSession(int sessions) {
        try (RedisSessionBuffer buffer = RedisSessionBuffer.open(RedisSettings.standalone(node, "bench:"), BOUNDS)) {
            long before = used();
            long raw = 0;
            long encoded = 0;
            for (int i = 0; i < sessions; i++) {
                String page = page();
                UUID session = UUID.randomUUID();
                for (int seq = 0; seq < BATCHES_A_PAGE; seq++) {
                    Chunk chunk = chunk(page, seq);
                    raw += chunk.rawBytes();
                    encoded += ChunkCodec.encode(chunk).length;
                    buffer.append(new Append("benchmark", chunk, null, session, null));
                }
            }
            long perSession = (used() - before) / sessions;
            return String.format(
                    Locale.ROOT,
                    "%,d sessions of %d batches: %,d raw bytes each, %,d as stored, %,d in Redis (%,d beside the batches themselves)",
                    sessions,
                    BATCHES_A_PAGE,
                    raw / sessions,
                    encoded / sessions,
                    perSession,
                    perSession - encoded / sessions);
        } finally {
            empty();
        }
    }

    private double load(Sender sender) {
        LongAdder sent = new LongAdder();
        long end = System.nanoTime() + roundMillis * 1_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    String page = page();
                    UUID session = UUID.randomUUID();
                    for (int seq = 0; seq < BATCHES_A_PAGE; seq++) {
                        sender.send(page, seq, session);
                        sent.increment();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return sent.sum() * 1000.0 / roundMillis;
    }

    private static List<byte[]> bind(UUID session) {
        return new Arguments()
                .add(0)
                .add(session.toString())
                .add(PageBinding.FRESH)
                .add(Duration.ofHours(6).toMillis())
                .list();
    }

    private static List<byte[]> keys(RedisKeys keys, UUID session) {
        int partition = RedisKeys.partition(session);
        return List.of(
                keys.events("benchmark", session),
                keys.alive("benchmark", session),
                keys.due(partition),
                keys.seen(partition),
                keys.sums(partition),
                keys.old(partition));
    }

    private List<byte[]> append(String page, int seq, UUID session, byte[] value) {
        return new Arguments()
                .add(0)
                .add(RedisKeys.member("benchmark", session))
                .add(page)
                .add(seq)
                .add(batchBytes)
                .add(value)
                .add("")
                .add(BOUNDS.timeout().plus(BOUNDS.grace()).toMillis())
                .add(BOUNDS.resume().toMillis())
                .add(BOUNDS.maxDuration().toMillis())
                .add(BOUNDS.partialBytes())
                .add(BOUNDS.partialAge().toMillis())
                .add(true)
                .add(System.currentTimeMillis())
                .add(0)
                .add(false)
                .add(false)
                .add("")
                .add(false)
                .list();
    }

    /** As ingest hands it on: with the sender's gzip. */
    private Chunk chunk(String page, int seq) {
        Chunk made = chunks.get(seq % chunks.size());
        return new Chunk(made.window(), page, seq, 0, made.summary(), made.timeline(), made.dom(), made.sent());
    }

    private static Chunk made(int seed, int batchBytes) {
        Random random = new Random(seed);
        SentBatch.Cuts cuts = new SentBatch.Cuts();
        StringBuilder sent = new StringBuilder(batchBytes + 200).append('[');
        StringBuilder dom = new StringBuilder(batchBytes + 200);
        while (dom.length() < batchBytes) {
            String event =
                    "{\"type\":3,\"data\":{\"source\":1,\"positions\":[{\"x\":" + random.nextInt(1280) + ",\"y\":"
                            + random.nextInt(720) + ",\"id\":" + random.nextInt(1_800)
                            + ",\"timeOffset\":-450}]},\"timestamp\":" + AT + "}";
            cuts.add(false, AT, sent.length(), sent.length() + event.length());
            sent.append(event).append(',');
            dom.append(AT).append('\t').append(event).append('\n');
        }
        BatchSummary summary = new BatchSummary(
                1_000,
                2_000,
                20,
                0,
                0,
                0,
                0,
                1,
                Set.of(200),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                Set.of(),
                Set.of());
        return new Chunk(
                "window-1",
                "",
                0,
                0,
                summary,
                new byte[0],
                dom.toString().getBytes(StandardCharsets.UTF_8),
                new SentBatch(gzip(sent.toString()), cuts.toByteArray()));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private String page() {
        return HexFormat.of().toHexDigits(pages.incrementAndGet())
                + HexFormat.of().toHexDigits(0x5eedL);
    }

    private long used() {
        try (Jedis jedis = jedis()) {
            return Long.parseLong(jedis.info("memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
        }
    }

    private void empty() {
        try (Jedis jedis = jedis()) {
            jedis.flushAll();
        }
    }

    private Jedis jedis() {
        return new Jedis(redis.clients.jedis.HostAndPort.from(node));
    }

    @FunctionalInterface
    private interface Sender {
        void send(String page, int seq, UUID session);
    }
}
