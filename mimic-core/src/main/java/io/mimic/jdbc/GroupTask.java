package io.mimic.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One write that waits for its commit. */
final class GroupTask<T extends @Nullable Object> {
    private final String doing;
    private final long bytes;
    private final SqlWork<T> work;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean abandoned;
    private @Nullable T answer;
    private @Nullable Throwable failure;

    GroupTask(String doing, long bytes, SqlWork<T> work) {
        this.doing = doing;
        this.bytes = bytes;
        this.work = work;
    }

    String doing() {
        return doing;
    }

    long bytes() {
        return bytes;
    }

    void run(Sql sql) throws SQLException {
        answer = work.run(sql);
    }

    void committed() {
        done.countDown();
    }

    void failed(Throwable cause) {
        failure = cause;
        done.countDown();
    }

    /** Nobody waits any more: need not be written. */
    void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }

    boolean await(Duration patience) throws InterruptedException {
        return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("NullAway") // T itself says whether its answer may be null
    T outcome() {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return answer;
    }
}
