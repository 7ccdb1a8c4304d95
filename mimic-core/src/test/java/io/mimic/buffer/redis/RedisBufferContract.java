package io.mimic.buffer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.buffer.Append;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.SessionBufferContract;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The buffer's contract on some set of Redis servers; each test has keys of its own. */
abstract class RedisBufferContract extends SessionBufferContract {
    private final AtomicLong shift = new AtomicLong();
    private RedisSettings settings;

    protected abstract RedisSettings settings(String prefix) throws Exception;

    @Override
    protected SessionBuffer open(SessionBounds bounds) throws Exception {
        settings = settings("test-" + UUID.randomUUID());
        return anotherNode(bounds);
    }

    @Override
    protected SessionBuffer anotherNode(SessionBounds bounds) {
        return RedisSessionBuffer.open(settings, bounds, shift::get);
    }

    /** What a test of one set of servers alone needs. */
    static final SessionBounds SHORT = new SessionBounds(
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            64 << 10,
            Duration.ofMinutes(15),
            Duration.ofMinutes(2));

    @Test
    void noticeOfAnExpiredKeyTellsThatASessionMayHaveEnded() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (SessionBuffer buffer = open(SHORT)) {
            buffer.onDue(told::incrementAndGet);
            // The subscription is not there at once, and a notice is sent once: so one session after the other.
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        buffer.append(new Append("shop", Chunks.chunk(Chunks.page(), 0), null, Chunks.freshId(), null));
                        return told.get() > 0;
                    });
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("mimic-redis-notices")));
    }

    @Override
    protected void advance(Duration time) {
        shift.addAndGet(time.toMillis());
    }
}
