package io.mimic.store;

import org.jspecify.annotations.Nullable;

/**
 * How a store is at this moment.
 *
 * @param up whether it would take a write now
 * @param detail what is wrong, or what kind of store it is; never a secret; null when there is nothing to say
 */
public record StoreHealth(boolean up, @Nullable String detail) {
    public static StoreHealth up(@Nullable String detail) {
        return new StoreHealth(true, detail);
    }

    public static StoreHealth down(String detail) {
        return new StoreHealth(false, detail);
    }
}
