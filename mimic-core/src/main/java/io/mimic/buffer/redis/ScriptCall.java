package io.mimic.buffer.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A script that a thread wants run, and what came of it. */
final class ScriptCall {
    private final RedisScript script;
    private final List<byte[]> keys;
    private final Arguments arguments;
    private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
    private @Nullable Supplier<@Nullable Object> outcome;

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

    /** Its thread is to send it, and what waits behind it. */
    void lead() {
        turn.complete(true);
    }

    /** Waits until it is settled or is to lead; as long as a connection may take, and no interruption ends that. */
    boolean awaitLead() {
        return turn.join();
    }

    /** What came of it, once it is settled. */
    @Nullable
    Object outcome() {
        if (outcome == null) {
            throw new IllegalStateException("A script was not sent.");
        }
        return outcome.get();
    }
}
