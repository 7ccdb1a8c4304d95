package io.mimic.archive;

import static io.mimic.archive.TestChunk.OTHER_PAGE;
import static io.mimic.archive.TestChunk.PAGE;
import static io.mimic.archive.TestPipeline.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.BufferUsage;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.buffer.redis.RedisSessionBuffer;
import io.mimic.buffer.redis.RedisSettings;
import io.mimic.catalog.ClientRow;
import io.mimic.metric.Counters;
import io.mimic.replay.SessionReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** A Redis with {@code maxmemory-policy allkeys-lru}, which MIMIC warns of, throws sessions away: the hole shows and is counted, and nothing is stuck. */
@Tag("servers")
class EvictedSessionsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));

    @TempDir
    Path temporary;

    private final Counters counters = new Counters();
    private RedisProcesses processes;
    private Jedis redis;
    private TestPipeline pipeline;
    private SessionBuffer buffer;
    private ArchiveStores stores;

    @BeforeEach
    void open() throws Exception {
        processes = RedisProcesses.none();
        int port = processes.server("--maxmemory-policy", "allkeys-lru");
        redis = new Jedis("127.0.0.1", port);
        buffer = RedisSessionBuffer.open(RedisSettings.standalone(RedisProcesses.node(port), "mimic:"), BOUNDS);
        pipeline = new TestPipeline(temporary);
        pipeline.clock.advance(Duration.between(pipeline.clock.instant(), Instant.now()));
        stores = new ArchiveStores(buffer, pipeline.objects, pipeline.stores.catalog(), client -> NO_CLIENT);
    }

    @AfterEach
    void close() throws Exception {
        pipeline.close();
        buffer.close();
        redis.close();
        processes.close();
    }

    @Test
    void hashesThatAreEvictedLeaveAGapThatShowsAndIsCountedAndTheSessionCompletes() throws IOException {
        UUID silent = append(OTHER_PAGE, 0, null).session();
        UUID session = append(PAGE, 0, null).session();
        for (int seq = 1; seq < 4; seq++) {
            append(PAGE, seq, session);
        }
        evictAll();

        Appended next = append(PAGE, 4, session);
        assertThat(next.created()).isTrue();
        assertThat(next.snapshot()).isTrue();
        append(PAGE, 5, next.session());
        archiveOne();

        assertThat(counters.lostBatches()).isEqualTo(4);
        assertThat(pipeline.batches(next.session())).containsExactly("0:4", "0:5");
        assertThat(session(next.session())).contains("\"gaps\":[{\"fromSeq\":0,\"toSeq\":3}]");
        assertThat(active(next.session())).isFalse();
        assertThat(active(silent)).isTrue();
        keepHouseAnHourLater();
        assertThat(active(silent)).isFalse();
        assertThat(buffer.usage()).isEqualTo(new BufferUsage(0, 0, 0, 0));
    }

    @Test
    void evictedHashLeavesNothingInTheIndexes() {
        append(PAGE, 0, null);
        delete("events");
        assertThat(buffer.usage().activeSessions()).isEqualTo(1);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(buffer.claim(10)).isEmpty();
            assertThat(buffer.usage()).isEqualTo(new BufferUsage(0, 0, 0, 0));
        });
    }

    @Test
    void sessionWhoseIndexesAreEvictedIsArchivedAllTheSame() throws IOException {
        UUID session = append(PAGE, 0, null).session();
        delete("due");
        delete("seen");
        delete("sums");
        await().pollDelay(BOUNDS.timeout().plus(BOUNDS.grace()))
                .atMost(LONG)
                .until(() -> buffer.claim(10).isEmpty());

        keepHouseAnHourLater();
        archiveOne();

        assertThat(pipeline.batches(session)).containsExactly("0:0");
        assertThat(active(session)).isFalse();
        assertThat(buffer.usage()).isEqualTo(new BufferUsage(0, 0, 0, 0));
    }

    private Appended append(String page, int seq, UUID token) {
        UUID fresh = new UUID(
                pipeline.clock.millis() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
        Appended appended = buffer.append(new Append(
                PROJECT, TestChunk.of(page, seq).mutation(1_000 + seq, "x").build(), token, fresh, null));
        if (appended.created()) {
            pipeline.stores
                    .catalog()
                    .seen(PROJECT, appended.session(), NO_CLIENT, appended.seenAt(), appended.seenAt());
        }
        return appended;
    }

    private void archiveOne() {
        try (Archiver archiver = new Archiver(
                stores,
                new ArchiveSettings(SegmentCodec.XZ, pipeline.folder, BOUNDS.lease()),
                counters,
                pipeline.clock)) {
            await().atMost(LONG).until(() -> archiver.archiveWaiting() == 1);
        }
    }

    private void keepHouseAnHourLater() {
        pipeline.clock.advance(Duration.ofMinutes(70));
        try (Housekeeper keeper =
                new Housekeeper(stores, new RetentionSettings(Duration.ZERO, 0), () -> {}, pipeline.clock)) {
            keeper.round();
        }
    }

    private boolean active(UUID session) {
        return pipeline.stores.catalog().session(PROJECT, session).orElseThrow().active();
    }

    private String session(UUID session) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SessionReader(stores, pipeline.folder).writeSession(PROJECT, session, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Lets Redis have no memory for as long as it takes to throw all away. */
    private void evictAll() {
        long keys = redis.dbSize();
        redis.configSet("maxmemory", "1");
        await().atMost(LONG).until(() -> {
            try {
                redis.set("one", "more");
            } catch (JedisDataException e) {
                assertThat(e).hasMessageContaining("OOM");
            }
            return redis.dbSize() == 0;
        });
        redis.configSet("maxmemory", "0");
        assertThat(Long.parseLong(redis.info("stats").replaceAll("(?s).*evicted_keys:(\\d+).*", "$1")))
                .isGreaterThanOrEqualTo(keys);
    }

    /** As an eviction that takes some keys and not the others. */
    private void delete(String kind) {
        for (String key : redis.keys("mimic:*")) {
            if (key.endsWith(":" + kind) || key.contains("}:" + kind + ":")) {
                redis.del(key);
            }
        }
    }

    private static final ClientRow NO_CLIENT =
            new ClientRow(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}
