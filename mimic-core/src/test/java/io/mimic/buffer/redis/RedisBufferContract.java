package io.mimic.buffer.redis;

import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.SessionBufferContract;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

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

    @Override
    protected void advance(Duration time) {
        shift.addAndGet(time.toMillis());
    }
}
