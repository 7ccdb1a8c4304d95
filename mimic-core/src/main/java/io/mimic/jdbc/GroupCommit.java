package io.mimic.jdbc;

import io.mimic.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes of many threads in few transactions: one thread takes all that wait and commits them together, so that they share one
 * flush to the disk. When one of them fails, the group is rolled back and each is tried by itself, so that none is harmed by another.
 *
 * <p>What waits is bounded by number, bytes and time; beyond that a write is refused and was not acknowledged.
 */
final class GroupCommit implements AutoCloseable {
    private static final int GROUP_SIZE = 256;
    private static final long GROUP_BYTES = 16 << 20;

    private final Connections connections;
    private final Failures failures;
    private final WriteBounds bounds;
    private final Runnable upkeep;
    private final BlockingQueue<GroupTask<?>> queue;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable StoreException lastFailure;

    /** @param upkeep what is to be done between two groups, often; throws nothing */
    GroupCommit(String threadName, Connections connections, WriteBounds bounds, Failures failures, Runnable upkeep) {
        this.connections = connections;
        this.bounds = bounds;
        this.upkeep = upkeep;
        this.failures = failures;
        this.queue = new ArrayBlockingQueue<>(bounds.waiting());
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    <T extends @Nullable Object> T write(String doing, long bytes, SqlWork<T> work) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("A write within a write would wait for itself.");
        }
        GroupTask<T> task = new GroupTask<>(doing, bytes, work);
        enqueue(task);
        return await(task);
    }

    /** The newest failure, if nothing was committed since. */
    @Nullable
    StoreException lastFailure() {
        return lastFailure;
    }

    private void enqueue(GroupTask<?> task) {
        if (waitingBytes.addAndGet(task.bytes()) > bounds.waitingBytes() && !queue.isEmpty()) {
            waitingBytes.addAndGet(-task.bytes());
            throw refused(task.doing(), "too many bytes wait to be written");
        }
        if (closed || !queue.offer(task)) {
            waitingBytes.addAndGet(-task.bytes());
            throw refused(task.doing(), closed ? "it is closed" : "too many writes wait already");
        }
        if (closed && queue.remove(task)) {
            throw refused(task.doing(), "it is closed");
        }
    }

    private <T extends @Nullable Object> T await(GroupTask<T> task) {
        try {
            if (task.await(bounds.patience())) {
                return task.outcome();
            }
            task.abandon();
            throw refused(task.doing(), "no commit within " + bounds.patience().toSeconds() + " s");
        } catch (InterruptedException e) {
            task.abandon();
            Thread.currentThread().interrupt();
            throw failures.told(task.doing(), e);
        }
    }

    private StoreException refused(String doing, String why) {
        return failures.told(doing, new SQLException(why));
    }

    private void run() {
        List<GroupTask<?>> group = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                gather(group);
                commit(group);
                upkeep.run();
            } catch (InterruptedException e) {
                closed = true;
            } finally {
                group.clear();
            }
        }
    }

    private void gather(List<GroupTask<?>> group) throws InterruptedException {
        long bytes = 0;
        GroupTask<?> next = queue.poll(200, TimeUnit.MILLISECONDS);
        while (next != null) {
            waitingBytes.addAndGet(-next.bytes());
            if (!next.abandoned()) {
                group.add(next);
                bytes += next.bytes();
            }
            next = group.size() < GROUP_SIZE && bytes < GROUP_BYTES ? queue.poll() : null;
        }
    }

    private void commit(List<GroupTask<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        @Nullable Throwable failure = transact(group);
        if (failure == null) {
            lastFailure = null;
            group.forEach(GroupTask::committed);
        } else if (group.size() == 1) {
            commitAlone(group, failure);
        } else {
            group.forEach(task -> commit(List.of(task)));
        }
    }

    private void commitAlone(List<GroupTask<?>> single, Throwable first) {
        @Nullable Throwable failure = first;
        for (int attempt = 0; failure != null && attempt < 3 && failures.passing(failure); attempt++) {
            failure = transact(single);
        }
        if (failure == null) {
            lastFailure = null;
            single.get(0).committed();
        } else {
            fail(single.get(0), failure);
        }
    }

    private void fail(GroupTask<?> task, Throwable failure) {
        if (failure instanceof SQLException) {
            StoreException told = failures.told(task.doing(), failure);
            lastFailure = told;
            task.failed(told);
        } else {
            task.failed(failure);
        }
    }

    /** @return null when all is committed; else nothing is */
    private @Nullable Throwable transact(List<GroupTask<?>> group) {
        Sql sql;
        try {
            sql = connections.borrow();
        } catch (SQLException e) {
            return e;
        }
        boolean sound = true;
        try {
            sql.begin();
            for (GroupTask<?> task : group) {
                task.run(sql);
            }
            sql.commit();
            return null;
        } catch (SQLException | RuntimeException | Error e) {
            sound = rolledBack(sql, e);
            return e;
        } finally {
            connections.giveBack(sql, sound);
        }
    }

    private static boolean rolledBack(Sql sql, Throwable cause) {
        try {
            sql.rollback();
            return true;
        } catch (SQLException e) {
            cause.addSuppressed(e);
            return false;
        }
    }

    /** Commits what waits, then stops its thread. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        try {
            thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
