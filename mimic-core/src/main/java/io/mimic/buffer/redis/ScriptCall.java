package io.mimic.buffer.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** A script that a thread wants run, and what came of it. */
final class ScriptCall {
    private final RedisScript script;
    private final List<byte[]> keys;
    private final Arguments arguments;
    /** Whether its thread is to send it; it is settled otherwise. */
    private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

    private volatile @Nullable Supplier<@Nullable Object> outcome;

    ScriptCall(RedisScript script, List<byte[]> keys, Arguments arguments) {
        this.script = script;
        this.keys = keys;
        this.arguments = arguments;
    }

    RedisScript script() {
        return script;
    }

    List<byte[]> keys() {
        return keys;
    }

    List<byte[]> arguments() {
        return arguments.list();
    }

    long bytes() {
        long bytes = 0;
        for (byte[] argument : arguments.list()) {
            bytes += argument.length;
        }
        return bytes;
    }

    /** @param outcome answers as Redis did, or throws */
    void settle(Supplier<@Nullable Object> outcome) {
        this.outcome = outcome;
        turn.complete(false);
    }

    /**
     * Its thread is to send it, and what waits behind it.
     *
     * @return whether it will: it may have been settled, or have given up
     */
    boolean lead() {
        return turn.complete(true);
    }

    boolean settled() {
        return turn.isDone();
    }

    /**
     * Waits until it is settled or is to lead; no interruption ends that. After the limit it is settled as what Redis may have run or not.
     *
     * @return whether it is to lead
     */
    boolean awaitLead(Duration limit) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return turn.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    settle(() -> {
                        throw new JedisException("batches before it had no answer within " + limit.toSeconds() + " s.");
                    });
                    return turn.join();
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What came of it, once it is settled. */
    @Nullable
    Object outcome() {
        Supplier<@Nullable Object> known = outcome;
        if (known == null) {
            throw new IllegalStateException("A script was not sent.");
        }
        return known.get();
    }
}
