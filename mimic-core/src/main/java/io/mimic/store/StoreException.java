package io.mimic.store;

import org.jspecify.annotations.Nullable;

/**
 * A store could not do what it was asked: it is down, slow, full, or it answered nonsense. Nothing was acknowledged.
 *
 * <p>Whoever asked may try again later; the same call is safe to repeat, since every write of a store is idempotent.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean full;
    private final boolean damaged;

    /** @param message names the store and what it was doing, for a log line that an operator reads */
    public StoreException(String message, @Nullable Throwable cause) {
        this(message, cause, false, false);
    }

    private StoreException(String message, @Nullable Throwable cause, boolean full, boolean damaged) {
        super(message, cause);
        this.full = full;
        this.damaged = damaged;
    }

    /** @param message names the store, and what in it cannot be read */
    public static StoreException damaged(String message, @Nullable Throwable cause) {
        return new StoreException(message, cause, false, true);
    }

    /** @param message names the store, its ceiling, and what it does not take until there is room */
    public static StoreException full(String message) {
        return new StoreException(message, null, true, false);
    }

    /** Whether the store is well, and something in it cannot be read, now or later. */
    public boolean isDamaged() {
        return damaged;
    }

    /** Whether the store is well, and at the ceiling that it was given. */
    public boolean isFull() {
        return full;
    }
}
